/** Uploading, listing, deleting and fetching files (contract 4.d). */
import { matterOf } from './catalogue.ts'
import { isCity } from './cities.ts'
import { collection, numberOrText } from './freedoms.ts'
import { checkCity, checked, FORMATS, optional, required } from './members.ts'
import { caseAt, guidOf, nextTurn, nowOf, type Office } from './office.ts'
import { badFormat, HallRefusal, missing, notFound } from './refusals.ts'
import type { HallRoute } from './routes.ts'
import type { Attachment } from './state.ts'
import { takesFiles } from './state-machine.ts'
import { wallClock } from './times.ts'

const EXTENSION = /\.(pdf|ofd|jpg|jpeg|png|doc|docx|xls|xlsx|zip)$/i
const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
}

/** The query of an upload or a download: all of these, and none besides, each of its form. */
export function checkedQuery(
  query: ReadonlyMap<string, string>,
  forms: Readonly<Record<string, RegExp>>,
): Readonly<Record<string, string>> {
  for (const name of query.keys())
    if (!Object.hasOwn(forms, name)) throw new HallRefusal(`参数未定义:${name}`)
  for (const name of Object.keys(forms)) if (!query.get(name)) throw missing(name)
  for (const [name, form] of Object.entries(forms))
    if (!form.test(query.get(name) ?? '')) throw badFormat(name)
  if (!isCity(query.get('areacode') ?? '')) throw new HallRefusal('区划代码不存在')
  return Object.fromEntries(query)
}

const taken = (office: Office, { attachguid, attachname, size }: Attachment): object => ({
  text: '上传成功',
  attachguid,
  attachname,
  attachlength: numberOrText(office, size),
})

/** One upload, after its parts and its token were looked at. */
export function upload(
  office: Office,
  query: ReadonlyMap<string, string>,
  name: string,
  bytes: Buffer,
): object {
  const told = checkedQuery(query, {
    projectguid: FORMATS.guid,
    taskmaterialguid: FORMATS.guid,
    clientguid: FORMATS.guid,
    areacode: FORMATS.six,
  })
  const { projectguid = '', taskmaterialguid = '', clientguid = '', areacode = '' } = told
  const record = caseAt(office, areacode, projectguid)
  if (!record) throw notFound()
  const known = record.files.find((file) => file.clientguid === clientguid)
  if (known) return taken(office, known)
  if (!matterOf(record.taskguid).materials.has(taskmaterialguid)) throw new HallRefusal('材料不存在')
  if (!takesFiles(record)) throw new HallRefusal('当前办件状态不允许上传材料')
  if (bytes.length === 0) throw new HallRefusal('文件为空')
  if (!EXTENSION.test(name)) throw new HallRefusal('文件格式不支持')
  if (bytes.length > office.config.options.maxFileBytes) throw new HallRefusal('文件过大')
  const file: Attachment = {
    attachguid: guidOf(`file ${projectguid} ${clientguid}`),
    taskmaterialguid,
    clientguid,
    attachname: name,
    size: bytes.length,
    base64: bytes.toString('base64'),
    uploaddate: wallClock(nowOf(office)),
    turn: nextTurn(office),
  }
  record.files.push(file)
  if (record.status === 8) record.status = 10
  return taken(office, file)
}

/** The file that a download asks for. */
export function fileOf(
  office: Office,
  query: ReadonlyMap<string, string>,
): { name: string; contentType: string; bytes: Buffer } {
  const {
    projectguid = '',
    attachguid = '',
    areacode = '',
  } = checkedQuery(query, {
    projectguid: FORMATS.guid,
    attachguid: FORMATS.guid,
    areacode: FORMATS.six,
  })
  const record = caseAt(office, areacode, projectguid)
  if (!record) throw notFound()
  const file = record.files.find((one) => one.attachguid === attachguid)
  if (!file) throw new HallRefusal('附件不存在')
  const extension = file.attachname.split('.').at(-1)?.toLowerCase() ?? ''
  return {
    name: file.attachname,
    contentType: TYPES[extension] ?? 'application/octet-stream',
    bytes: Buffer.from(file.base64, 'base64'),
  }
}

function list(office: Office, sent: Readonly<Record<string, unknown>>): object {
  const params = checked(sent, {
    projectguid: required(FORMATS.guid),
    taskmaterialguid: optional(FORMATS.guid),
  })
  checkCity(params)
  const record = caseAt(office, params['areacode'] ?? '', params['projectguid'] ?? '')
  if (!record) throw notFound()
  const wanted = params['taskmaterialguid'] ?? ''
  return {
    attachlist: collection(
      office,
      record.files
        .filter(({ taskmaterialguid }) => wanted === '' || taskmaterialguid === wanted)
        .map(({ attachguid, taskmaterialguid, attachname, size, uploaddate }) => ({
          attachguid,
          taskmaterialguid,
          attachname,
          attachlength: numberOrText(office, size),
          uploaddate,
        })),
    ),
  }
}

function remove(office: Office, sent: Readonly<Record<string, unknown>>): object {
  const params = checked(sent, {
    projectguid: required(FORMATS.guid),
    attachguid: required(FORMATS.guid),
  })
  checkCity(params)
  const record = caseAt(office, params['areacode'] ?? '', params['projectguid'] ?? '')
  if (!record) throw notFound()
  const place = record.files.findIndex(({ attachguid }) => attachguid === params['attachguid'])
  if (place < 0) throw new HallRefusal('附件不存在')
  if (!takesFiles(record)) throw new HallRefusal('当前办件状态不允许上传材料')
  record.files.splice(place, 1)
  return { text: '删除成功' }
}

export const materialRoutes: readonly HallRoute[] = [
  { operation: 'material-list', service: 'attach', path: 'zwdtAttach/getAttachList', handle: list },
  { operation: 'material-delete', service: 'attach', path: 'zwdtAttach/deleteAttach', handle: remove },
]
