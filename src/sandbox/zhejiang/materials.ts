import { entryOf } from '../entries.ts'
import { MATTERS } from './catalogue.ts'
import { fileAt, keepUpload } from './file-store.ts'
import { numberOrText } from './freedoms.ts'
import { issuedNumber } from './numbers.ts'
import type { Office } from './office.ts'
import { BusinessRefusal, badMember } from './refusals.ts'
import { caseOf, checkQuery } from './requests.ts'
import { type Call, pathUnder, type Route } from './routes.ts'
import { among, type Check, text } from './shapes.ts'
import { encodeComponent } from './signature.ts'

const EXTENSIONS = ['pdf', 'jpg', 'jpeg', 'png', 'ofd', 'doc', 'docx', 'zip']

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
}

const TEXT_PARTS: Readonly<Record<string, Check>> = {
  projId: text(),
  suffId: text(),
  attName: text(100),
  phaseCode: among('01', '02'),
}

const extensionOf = (attName: string): string => {
  const dot = attName.lastIndexOf('.')
  return dot < 0 ? '' : attName.slice(dot + 1).toLowerCase()
}

interface Parts {
  readonly file: File
  readonly projId: string
  readonly suffId: string
  readonly attName: string
  readonly phaseCode: string
}

async function partsOf(call: Call): Promise<FormData> {
  if (!/^multipart\/form-data\s*;/i.test(call.contentType)) throw badMember('Content-Type')
  const bytes = new Uint8Array(call.body)
  const carrier = new Response(bytes, { headers: { 'Content-Type': call.contentType } })
  return carrier.formData().catch(() => {
    throw badMember('body')
  })
}

/** Exactly the five parts, each once (contract 4.d.1). */
async function readParts(call: Call): Promise<Parts> {
  const form = await partsOf(call)
  checkQuery(call, [])
  const seen = new Set<string>()
  for (const name of form.keys()) {
    if (seen.has(name) || !(name === 'file' || Object.hasOwn(TEXT_PARTS, name))) throw badMember(name)
    seen.add(name)
  }
  const file = form.get('file')
  if (!(file instanceof File) || file.name === '') throw badMember('file')
  const read = (name: string): string => {
    const value = form.get(name)
    const wrong = TEXT_PARTS[name]?.(value, name)
    if (wrong !== undefined || typeof value !== 'string') throw badMember(name)
    return value
  }
  return {
    file,
    projId: read('projId'),
    suffId: read('suffId'),
    attName: read('attName'),
    phaseCode: read('phaseCode'),
  }
}

/** The matter of a number or case and the `phaseCode` that an upload has to carry now, if any is taken. */
function targetOf(office: Office, projId: string): { readonly matterCode: string; readonly phase?: string } {
  const issued = issuedNumber(office, projId)
  if (issued !== undefined) return { matterCode: issued.matterCode, phase: '01' }
  const { cases } = office.state
  const record = entryOf(cases, projId)
  if (record === undefined) throw new BusinessRefusal('C-AFFAIR-PROJ-NOT-EXIST')
  const { matterCode, state } = record
  if (state === 'PRECHECK_RETURNED') return { matterCode, phase: '01' }
  return state === 'CORRECTION_REQUIRED' ? { matterCode, phase: '02' } : { matterCode }
}

async function upload(office: Office, call: Call): Promise<unknown> {
  if (call.oversized) throw new BusinessRefusal('C-ATTACH-TOO-LARGE')
  const { file, projId, suffId, attName, phaseCode } = await readParts(call)
  if (file.size === 0) throw badMember('file')
  if (file.size > office.config.options.maxUploadBytes) throw new BusinessRefusal('C-ATTACH-TOO-LARGE')
  if (!EXTENSIONS.includes(extensionOf(attName))) throw new BusinessRefusal('C-ATTACH-TYPE-INVALID')
  const bytes = Buffer.from(await file.arrayBuffer())
  const { matterCode, phase } = targetOf(office, projId)
  if (phase !== phaseCode) throw new BusinessRefusal('C-AFFAIR-STATE-CONFLICT')
  if (MATTERS.get(matterCode)?.materials.has(suffId) !== true) throw badMember('suffId')
  const kept = keepUpload(office, { projId, suffId, attName, bytes })
  return {
    attPath: kept.attPath,
    attName,
    attSize: numberOrText(office, kept.file.size),
    digest: kept.file.digest,
  }
}

function download(office: Office, call: Call): Response {
  checkQuery(call, ['projId', 'projPwd', 'attPath'])
  const record = caseOf(office, call.query.get('projId') ?? '', call.query.get('projPwd') ?? '')
  const file = fileAt(office, call.query.get('attPath') ?? '')
  if (file === undefined || file.projId !== record.projId || !file.used) {
    throw new BusinessRefusal('C-ATTACH-NOT-EXIST')
  }
  return new Response(new Uint8Array(Buffer.from(file.base64, 'base64')), {
    headers: {
      'Content-Type': CONTENT_TYPES[extensionOf(file.attName)] ?? 'application/octet-stream',
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeComponent(file.attName)}`,
      'X-Att-Digest': file.digest,
    },
  })
}

/** Upload and download of materials and documents (contract 4.d). */
export function materialRoutes(office: Office): readonly Route[] {
  return [
    {
      operation: 'material-upload',
      method: 'POST',
      path: pathUnder(office.config, 'attach', '/zwztapi/attach/upload.do'),
      upload: true,
      handler: { kind: 'business', answer: (call) => upload(office, call) },
    },
    {
      operation: 'material-download',
      method: 'GET',
      path: pathUnder(office.config, 'attach', '/zwztapi/attach/download.do'),
      handler: { kind: 'business', answer: (call) => download(office, call) },
    },
  ]
}
