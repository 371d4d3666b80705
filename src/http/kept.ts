/** Answers that are for the one who asked, now; and the one file of a form. */
import { fault, GatewayError } from '../errors.ts'
import type { KeptAnswer } from './idempotency.ts'

/** No cache keeps it. */
export const unkept = { 'cache-control': 'no-store' }

/** A JSON answer that can be given again under its key. */
export const told = (body: object, status = 200): KeptAnswer => ({
  status,
  headers: { ...unkept, 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
})

/** The one part of a form, named `file`. @throws GatewayError `BODY_UNREADABLE`, `BODY_INVALID` */
export async function fileOf(bytes: Buffer, contentType: string): Promise<File> {
  let form: FormData
  try {
    form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData()
  } catch {
    throw new GatewayError('BODY_UNREADABLE', { reason: 'not a multipart form' })
  }
  const parts = [...form.entries()]
  const [name, file] = parts[0] ?? []
  if (parts.length !== 1 || name !== 'file' || !(file instanceof File))
    throw new GatewayError(
      'BODY_INVALID',
      { message: 'upload' },
      {
        errors: [
          fault(
            '/file',
            'MISSING',
            '请只附一个名为 file 的文件',
            'Attach exactly one part, a file named file',
          ),
        ],
      },
    )
  return file
}
