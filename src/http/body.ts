/**
 * Bodies: bounded, strictly UTF-8, strictly JSON, without keys that touch a prototype and characters that cannot be passed on; or a form
 * with one file.
 */
import type { Context } from 'hono'
import { parse } from 'secure-json-parse'
import { LIMITS } from '../config.ts'
import { fault, GatewayError } from '../errors.ts'
import { forbiddenIn, mayBeForbidden } from '../schemas/characters.ts'
import type { Validator } from '../schemas/validate.ts'
import type { Env } from './env.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Reads at most `limit` bytes. @throws GatewayError `BODY_TOO_LARGE`, and `BODY_UNREADABLE` when its sender goes away */
export async function readBytes(c: Context<Env>, limit: number): Promise<Buffer> {
  const declared = c.req.header('content-length')
  if (Number(declared ?? 0) > limit) throw new GatewayError('BODY_TOO_LARGE', { limit })
  try {
    // The server takes no more than what was declared, and a body that is read at once needs no stream of its own.
    if (declared !== undefined) return Buffer.from(await c.req.raw.arrayBuffer())
    return await readChunks(c.req.raw.body, limit)
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    throw new GatewayError('BODY_UNREADABLE', { reason: 'it broke off' }, { cause })
  }
}

async function readChunks(body: ReadableStream<Uint8Array> | null, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > limit) throw new GatewayError('BODY_TOO_LARGE', { limit })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A media type and its parameters, lower-case names. */
export function mediaType(header: string | undefined): {
  type: string
  parameters: Readonly<Record<string, string>>
} {
  const [type = '', ...rest] = (header ?? '').split(';')
  const parameters: Record<string, string> = {}
  for (const part of rest) {
    const [name = '', value = ''] = part.split('=')
    parameters[name.trim().toLowerCase()] = value.trim().replace(/^"|"$/g, '')
  }
  return { type: type.trim().toLowerCase(), parameters }
}

/** The JSON body and its raw bytes. @throws GatewayError `MEDIA_TYPE_UNSUPPORTED`, `BODY_TOO_LARGE`, `BODY_UNREADABLE`, `BODY_TOO_DEEP`. */
export async function readJson(
  c: Context<Env>,
): Promise<{ content: unknown; bytes: Buffer; profile: string }> {
  const { type, parameters } = mediaType(c.req.header('content-type'))
  if (type !== 'application/json')
    throw new GatewayError('MEDIA_TYPE_UNSUPPORTED', { known: ['application/json'] })
  const charset = parameters['charset']?.toLowerCase()
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')
    throw new GatewayError('MEDIA_TYPE_UNSUPPORTED', { charset: 'utf-8' })
  const bytes = await readBytes(c, LIMITS.bodyBytes)
  return { content: parseJson(bytes), bytes, profile: parameters['profile'] ?? 'canonical' }
}

/**
 * The JSON body that a schema lets in, and its raw bytes.
 * @param check of the schema of which `T` is the type
 * @throws GatewayError `BODY_INVALID`, and what `readJson` throws
 */
export async function readBody<T>(
  c: Context<Env>,
  check: Validator,
  message: string,
): Promise<{ content: T; bytes: Buffer }> {
  const { content, bytes } = await readJson(c)
  const errors = check(content)
  if (errors) throw new GatewayError('BODY_INVALID', { message }, { errors })
  // The schema has just been checked.
  return { content: content as T, bytes }
}

/** Parses bytes as JSON. */
export function parseJson(bytes: Buffer): unknown {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    throw new GatewayError('BODY_UNREADABLE', { reason: 'not UTF-8' })
  }
  const depth = depthOf(text)
  if (depth > LIMITS.jsonDepth) throw new GatewayError('BODY_TOO_DEEP', { limit: LIMITS.jsonDepth })
  let content: unknown
  try {
    content = parse(text, undefined, { protoAction: 'error', constructorAction: 'error' })
  } catch {
    throw new GatewayError('BODY_UNREADABLE', { reason: 'not JSON, or a member that may not stand there' })
  }
  const forbidden = mayBeForbidden(text) ? forbiddenIn(content) : []
  if (forbidden.length > 0)
    throw new GatewayError(
      'BODY_INVALID',
      { message: 'characters' },
      {
        errors: forbidden
          .slice(0, 50)
          .map((pointer) =>
            fault(
              pointer,
              'CHARACTER',
              '含有不能传递的控制字符, 请删除',
              'It holds a control character that cannot be passed on; remove it',
            ),
          ),
      },
    )
  return content
}

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

const STRINGS = /"(?:[^"\\]|\\.)*"?/gs
const [OPEN, CLOSE] = [new Set('[{'), new Set(']}')]

/** How deeply brackets are nested, strings left out; looked at before anything is built from the text. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0]
  for (const sign of text.replaceAll(STRINGS, '').replaceAll(/[^[\]{}]/g, '')) {
    if (OPEN.has(sign)) depth += 1
    else if (CLOSE.has(sign)) depth -= 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}
