import { createHash } from 'node:crypto'
import { entryOf } from '../entries.ts'
import { type Material, matterOf } from './catalogue.ts'
import { MAX_FILE_BYTES } from './config.ts'
import { lengthOf } from './formats.ts'
import { extras, oneOrMany } from './freedoms.ts'
import { caseOfUnid, type Office, randomHex } from './office.ts'
import { BadMember, FlagRefusal } from './refusals.ts'
import type { FlagAnswer, Route } from './routes.ts'
import { type JsonObject, must, refuseUnknown, textMember } from './shapes.ts'
import type { CaseRecord, StoredFile } from './state.ts'
import { CLOSED } from './state-machine.ts'

const PARTS = ['file', 'unid', 'attrId', 'attrName'] as const

/** Reads the parts: the file with its name, and three non-empty texts, each exactly once. */
function readParts(parts: FormData) {
  for (const name of parts.keys()) {
    const names: readonly string[] = PARTS
    if (!names.includes(name) || parts.getAll(name).length > 1) throw new BadMember(name)
  }
  const file = parts.get('file')
  if (!(file instanceof File) || file.name === '') throw new BadMember('file')
  const textOf = (name: 'unid' | 'attrId' | 'attrName') => {
    const value = parts.get(name)
    if (typeof value !== 'string' || value === '') throw new BadMember(name)
    return value
  }
  return { file, unid: textOf('unid'), attrId: textOf('attrId'), attrName: textOf('attrName') }
}

/** The extension of a file name in small letters, or an empty text. */
const suffixOf = (fileName: string): string => /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''

function isFileAllowed({ name, size }: File, { formatLimit, sizeLimit }: Material): boolean {
  const limit = Math.min(sizeLimit * 1024, MAX_FILE_BYTES)
  return (
    lengthOf(name) <= 200 && formatLimit.split(',').includes(suffixOf(name)) && size >= 1 && size <= limit
  )
}

/** Keeps a file, or gives the first one again when the same content came before for this material. */
function keepFile(
  { state }: Office,
  record: CaseRecord,
  attrId: string,
  fileName: string,
  bytes: Buffer,
): readonly [string, StoredFile] {
  const md5 = createHash('md5').update(bytes).digest('hex')
  const key = `${record.unid}/${attrId}/${md5}`
  const knownUrl = state.fileByContent[key]
  const known = knownUrl === undefined ? undefined : state.files[knownUrl]
  if (knownUrl !== undefined && known !== undefined) return [knownUrl, known]
  const suffix = suffixOf(fileName)
  const url = `/zzwk/file/${randomHex(16)}.${suffix}`
  const base64 = bytes.toString('base64')
  const file = { unid: record.unid, attrId, fileName, suffix, filePwd: randomHex(8), md5, base64 }
  state.files[url] = file
  state.fileByContent[key] = url
  record.files.push(url)
  return [url, file]
}

/** The bytes are read before anything is decided, so that nothing happens between the checks and the keeping. */
function upload(office: Office, parts: FormData, bytes: Buffer, areaCode: string): FlagAnswer {
  const { file, unid, attrId, attrName } = readParts(parts)
  const record = caseOfUnid(office, unid)
  if (record === undefined) throw new FlagRefusal('404')
  const material = matterOf(record.serviceCode).materials.get(attrId)
  if (material === undefined) throw new FlagRefusal('404')
  if (record.areaCode !== areaCode) throw new BadMember('S-Area-Code')
  if (material.attrName !== attrName) throw new BadMember('attrName')
  if (CLOSED.has(record.state)) throw new FlagRefusal('403')
  if (!isFileAllowed(file, material)) throw new BadMember('file')
  const [fileUrl, { fileName, filePwd, md5 }] = keepFile(office, record, attrId, file.name, bytes)
  return {
    result: '上传成功',
    data: oneOrMany(office, [{ fileUrl, fileName, filePwd, md5, ...extras(office) }]),
  }
}

async function bytesOf(parts: FormData): Promise<Buffer> {
  const file = parts.get('file')
  return file instanceof File ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0)
}

function download(office: Office, body: JsonObject): FlagAnswer {
  const fileUrl = textMember(body, 'fileUrl', must())
  const filePwd = textMember(body, 'filePwd', must())
  refuseUnknown(body, ['fileUrl', 'filePwd'])
  const file = entryOf(office.state.files, fileUrl)
  // The files of a lapsed number are as gone as the number itself.
  if (file === undefined || caseOfUnid(office, file.unid) === undefined) throw new FlagRefusal('404')
  if (file.filePwd !== filePwd) throw new FlagRefusal('403')
  const { fileName, suffix, md5, base64 } = file
  const row = { fileName, suffix, md5, content: base64, ...extras(office) }
  return { result: '查询成功', data: oneOrMany(office, [row]) }
}

/** Upload and download of materials (contract 4d). */
export function materialRoutes(office: Office): readonly Route[] {
  return [
    {
      operation: 'material-upload',
      method: 'POST',
      group: 'zzwk',
      tail: '/materialService/materialUpload',
      style: 'multipart',
      answer: async (parts, areaCode) => upload(office, parts, await bytesOf(parts), areaCode),
    },
    {
      operation: 'material-download',
      method: 'POST',
      group: 'zzwk',
      tail: '/materialService/materialDownload',
      style: 'json',
      answer: (body) => download(office, body),
    },
  ]
}
