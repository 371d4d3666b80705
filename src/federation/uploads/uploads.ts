/** Uploaded files: checked by their content, sealed, and read only by the client that brought them. */
import { createHash } from 'node:crypto'
import type { FileContent } from '../../adapters/kit/contract.ts'
import { LIMITS } from '../../config.ts'
import { type FieldError, fault, GatewayError } from '../../errors.ts'
import type { DocumentEntry } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { Actor, Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { limitFaults } from './limits.ts'

/** What the API says of an upload. */
export interface Upload {
  readonly uploadId: string
  readonly sha256: string
  readonly size: number
  readonly contentType: string
}

/** First bytes, content type, and the extensions that fit. */
const KINDS: readonly {
  readonly magic: readonly number[]
  readonly contentType: string
  readonly extensions: readonly string[]
}[] = [
  { magic: [0x25, 0x50, 0x44, 0x46], contentType: 'application/pdf', extensions: ['pdf'] },
  { magic: [0x50, 0x4b, 0x03, 0x04], contentType: 'application/ofd', extensions: ['ofd'] },
  { magic: [0xff, 0xd8, 0xff], contentType: 'image/jpeg', extensions: ['jpg', 'jpeg'] },
  { magic: [0x89, 0x50, 0x4e, 0x47], contentType: 'image/png', extensions: ['png'] },
]

/**
 * Takes a file in. @throws GatewayError `FILE_EMPTY`, `BODY_TOO_LARGE`, `FILE_TYPE_UNSUPPORTED` (content and extension must agree)
 */
export async function storeUpload(
  file: { name: string; bytes: Buffer },
  actor: Actor,
  { store, sealing, files, now }: Deps,
): Promise<Upload> {
  if (file.bytes.length === 0) throw new GatewayError('FILE_EMPTY')
  if (file.bytes.length > LIMITS.fileBytes)
    throw new GatewayError('BODY_TOO_LARGE', { limit: LIMITS.fileBytes })
  const kind = KINDS.find((one) => one.magic.every((byte, index) => file.bytes[index] === byte))
  const extension = /\.([0-9A-Za-z]{1,5})$/.exec(file.name)?.[1]?.toLowerCase() ?? ''
  if (!kind?.extensions.includes(extension) || [...file.name].length > 100 || /[\p{Cc}/\\]/u.test(file.name))
    throw new GatewayError('FILE_TYPE_UNSUPPORTED', { known: KINDS.flatMap((one) => one.extensions) })
  const sha256 = createHash('sha256').update(file.bytes).digest('hex')
  const id = newId('up', now())
  await files.put(id, sealing.sealBytes(file.bytes))
  await store.uploads.put({
    id,
    clientId: actor.clientId,
    sha256,
    size: file.bytes.length,
    contentType: kind.contentType,
    nameSealed: sealing.seal(file.name),
    createdAt: now(),
  })
  return { uploadId: id, sha256, size: file.bytes.length, contentType: kind.contentType }
}

/** Reads an upload back, bytes checked. @throws GatewayError `UPLOAD_NOT_FOUND` also when it is another client's. */
export async function readUpload(
  id: string,
  clientId: string,
  { store, sealing, files }: Deps,
): Promise<FileContent> {
  const row = await store.uploads.readOwn(id, clientId)
  if (!row) throw new GatewayError('UPLOAD_NOT_FOUND', { upload: id })
  const bytes = sealing.openBytes(await files.get(id))
  if (createHash('sha256').update(bytes).digest('hex') !== row.sha256)
    throw new GatewayError('INTERNAL', { upload: id, reason: 'digest' })
  return { name: sealing.open<string>(row.nameSealed), contentType: row.contentType, bytes }
}

/**
 * Refuses uploads that are not there, and those that their document does not take, each at its place.
 * @throws GatewayError `UPLOAD_NOT_FOUND` when any is missing, `BODY_INVALID` for formats and sizes
 */
export async function checkUploads(
  documents: readonly Pick<DocumentEntry, 'id' | 'uploads'>[],
  matter: Pick<Matter, 'documents'>,
  clientId: string,
  { store }: Deps,
): Promise<void> {
  const errors: FieldError[] = []
  for (const [index, { id: document, uploads = [] }] of documents.entries()) {
    const wanted = matter.documents.find(({ id }) => id === document)
    for (const [at, id] of uploads.entries()) {
      const pointer = `/documents/${index}/uploads/${at}`
      const row = await store.uploads.readOwn(id, clientId)
      if (!row)
        errors.push(
          fault(
            pointer,
            'UPLOAD_NOT_FOUND',
            '没有这个上传文件, 请先上传',
            'There is no such upload; upload the file first',
          ),
        )
      else if (wanted) errors.push(...limitFaults(row, wanted, pointer))
    }
  }
  if (errors.length === 0) return
  const missing = errors.some(({ code }) => code === 'UPLOAD_NOT_FOUND')
  throw new GatewayError(missing ? 'UPLOAD_NOT_FOUND' : 'BODY_INVALID', { count: errors.length }, { errors })
}
