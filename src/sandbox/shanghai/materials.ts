/** Uploading, fetching and deleting files (contract 4.4). */
import { createHash } from 'node:crypto'
import { ANY_NO, APPLY_NO, checkMembers, form, ID32, Refused, type Shape, wrong } from './checks.ts'
import { lengthOf } from './formats.ts'
import { nowOf, type Office, savedApply } from './office.ts'
import { Bytes, type Route } from './routes.ts'
import { conflict, unknownApply } from './saving.ts'
import { type Apply, matterOf, type Plain, type Stuff } from './state.ts'
import { sm3 } from './steps.ts'

/** The kinds of files: first bytes, content type. */
const KINDS: Readonly<Record<string, readonly [magic: string, contentType: string]>> = {
  pdf: ['25504446', 'application/pdf'],
  ofd: ['504b', 'application/ofd'],
  jpg: ['ffd8ff', 'image/jpeg'],
  jpeg: ['ffd8ff', 'image/jpeg'],
  png: ['89504e47', 'image/png'],
}
const MOST_FILES = 10
const CHANGEABLE = new Set(['暂存', '预审不通过', '补正'])
const LATER = new Set(['收件', '受理', '审批'])

const unknownStuff = () => new Refused('STUFF_NOT_FOUND', '材料不存在')

/** One multipart request, its parts taken apart. */
export interface Upload {
  readonly fields: ReadonlyMap<string, string>
  readonly file: { readonly name: string; readonly bytes: Buffer } | undefined
}

const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

function checkParts({ fields, file }: Upload): void {
  const rules: readonly (readonly [string, (value: string) => boolean])[] = [
    ['applyNo', (value) => APPLY_NO.test(value)],
    ['stuffId', (value) => value === '' || ID32.test(value)],
    ['stuffCode', (value) => value !== '' && lengthOf(value) <= 20],
    ['stuffName', (value) => value !== '' && lengthOf(value) <= 100],
    ['stuffType', (value) => value !== '' && lengthOf(value) <= 100],
    ['stuffStatus', (value) => value === '0' || value === '2'],
  ]
  const known = new Set([...rules.map(([name]) => name), 'accessToken'])
  for (const name of fields.keys()) if (!known.has(name)) throw wrong(name)
  for (const [name, fits] of rules) {
    const value = fields.get(name)
    if (value === undefined || !fits(value)) throw wrong(name)
  }
  if (!file || lengthOf(file.name) > 100 || !KINDS[extensionOf(file.name)] || file.bytes.length === 0)
    throw wrong('file')
  if ((fields.get('stuffStatus') === '0') !== (fields.get('stuffId') === '')) throw wrong('stuffId')
}

/** One upload, after its token was looked at; the order of errors is the contract's own. */
export function upload(office: Office, sent: Upload): unknown {
  checkParts(sent)
  // The parts were just checked.
  const file = sent.file as NonNullable<Upload['file']>
  const part = (name: string) => sent.fields.get(name) ?? ''
  if (file.bytes.length > office.config.options.maxFileBytes) throw new Refused('STUFF_TOO_LARGE', '文件过大')
  const [magic] = KINDS[extensionOf(file.name)] ?? ['']
  if (!file.bytes.toString('hex', 0, 4).startsWith(magic)) throw wrong('file')
  const apply = savedApply(office, part('applyNo'))
  if (!apply) throw unknownApply()
  const material = matterOf(apply.itemCode)?.materials.find(
    ({ stuffCode }) => stuffCode === part('stuffCode'),
  )
  if (!material) throw wrong('stuffCode')
  if (material.stuffName !== part('stuffName')) throw wrong('stuffName')
  if (material.stuffType !== part('stuffType')) throw wrong('stuffType')
  const old = apply.stuffs.find(({ stuffId }) => stuffId === part('stuffId'))
  if (part('stuffStatus') === '2' && old?.stuffCode !== material.stuffCode) throw unknownStuff()
  const later = material.required === '容缺后补' && LATER.has(apply.status)
  if (!CHANGEABLE.has(apply.status) && !later) throw conflict(apply)
  return old ? replaced(apply, old, file) : added(office, apply, material, file)
}

function replaced(apply: Apply, stuff: Stuff, file: { name: string; bytes: Buffer }): unknown {
  stuff.fileName = file.name
  stuff.base64 = file.bytes.toString('base64')
  stuff.sm3 = sm3(file.bytes)
  stuff.kind = extensionOf(file.name)
  stuff.replacedAfter = apply.steps.length
  return answerOf(stuff, file.bytes.length)
}

function added(
  office: Office,
  apply: Apply,
  material: { stuffCode: string; stuffName: string },
  file: { name: string; bytes: Buffer },
): unknown {
  const digest = sm3(file.bytes)
  const same = apply.stuffs.filter(({ stuffCode }) => stuffCode === material.stuffCode)
  const known = same.find((one) => one.sm3 === digest)
  if (known) return answerOf(known, file.bytes.length)
  if (same.length >= MOST_FILES) throw wrong('file')
  office.state.serial += 1
  const stuff: Stuff = {
    stuffId: createHash('sha256')
      .update(`stuff ${apply.applyNo} ${office.state.serial} ${nowOf(office)}`)
      .digest('hex')
      .slice(0, 32),
    stuffCode: material.stuffCode,
    stuffName: material.stuffName,
    fileName: file.name,
    base64: file.bytes.toString('base64'),
    sm3: digest,
    kind: extensionOf(file.name),
    replacedAfter: 0,
  }
  apply.stuffs.push(stuff)
  return answerOf(stuff, file.bytes.length)
}

const answerOf = ({ stuffId, stuffCode, fileName, sm3: digest }: Stuff, fileSize: number) => ({
  stuffId,
  stuffCode,
  fileName,
  fileSize,
  sm3: digest,
})

const NAMED = (number: RegExp): Shape => [
  ['applyNo', 'R', form(number)],
  ['stuffId', 'R', form(ID32)],
]

function find(office: Office, body: Plain): { apply: Apply; stuff: Stuff } {
  const apply = savedApply(office, String(body['applyNo']))
  if (!apply) throw unknownApply()
  const stuff = apply.stuffs.find(({ stuffId }) => stuffId === body['stuffId'])
  if (!stuff) throw unknownStuff()
  return { apply, stuff }
}

function download(office: Office, body: Plain): unknown {
  checkMembers(body, NAMED(ANY_NO))
  const { stuff } = find(office, body)
  const [, contentType] = KINDS[stuff.kind] ?? ['', 'application/octet-stream']
  return new Bytes(stuff.fileName, contentType, Buffer.from(stuff.base64, 'base64'))
}

function remove(office: Office, body: Plain): unknown {
  checkMembers(body, NAMED(APPLY_NO))
  const { apply, stuff } = find(office, body)
  const noticed = apply.correction?.stuffs.some(({ stuffId }) => stuffId === stuff.stuffId)
  if (!CHANGEABLE.has(apply.status) || noticed) throw conflict(apply)
  apply.stuffs = apply.stuffs.filter((one) => one !== stuff)
  return { stuffId: stuff.stuffId }
}

export const materialRoutes: readonly Route[] = [
  { operation: 'material-download', path: '/uapply/downloadStuff', handle: download },
  { operation: 'material-delete', path: '/uapply/deleteStuffAttach', handle: remove },
]
