/**
 * Keys, and what is done with them: AES-256-GCM boxes for personal data, a keyed hash to find it by, and the private keys
 * that sign tokens. `KEYS_FILE` holds them all, each with an id and dates, so that keys rotate.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { Type } from 'typebox'
import { GatewayError } from '../errors.ts'
import { validator } from '../schemas/validate.ts'

const dated = {
  id: Type.String({ minLength: 1, maxLength: 40 }),
  from: Type.String(),
  until: Type.Union([Type.String(), Type.Null()]),
}

/** Shape of `KEYS_FILE`. `key` is 32 bytes in Base64; `jwk` a private JWK. The first sealing key that is in force seals; all open. */
const KeyFile = Type.Object({
  sealing: Type.Array(Type.Object({ ...dated, key: Type.String() }), { minItems: 1 }),
  index: Type.Array(Type.Object({ ...dated, key: Type.String() }), { minItems: 1 }),
  signing: Type.Array(Type.Object({ ...dated, jwk: Type.Record(Type.String(), Type.Unknown()) }), {
    minItems: 1,
  }),
})

interface DatedKey {
  readonly id: string
  readonly from: string
  readonly until: string | null
}

export interface Keys {
  readonly sealing: readonly (DatedKey & { readonly key: string })[]
  readonly index: readonly (DatedKey & { readonly key: string })[]
  readonly signing: readonly (DatedKey & { readonly jwk: Readonly<Record<string, unknown>> })[]
}

const check = validator(KeyFile)

/** Reads the content of a `KEYS_FILE`. @throws GatewayError `CONFIGURATION_INVALID` naming the member, never its value. */
export function parseKeys(text: string): Keys {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw new GatewayError('CONFIGURATION_INVALID', { variable: 'KEYS_FILE', reason: 'not JSON' }, { cause })
  }
  const errors = check(parsed)
  if (errors)
    throw new GatewayError('CONFIGURATION_INVALID', {
      variable: 'KEYS_FILE',
      member: errors[0]?.pointer ?? '',
    })
  return parsed as Keys
}

/** Seals and opens values, and hashes identities. */
export interface Sealing {
  readonly seal: (value: unknown) => Buffer
  readonly open: <T>(box: Buffer) => T
  readonly sealBytes: (bytes: Buffer) => Buffer
  readonly openBytes: (box: Buffer) => Buffer
  /** Finds a person without holding the number: HMAC-SHA-256 over type and number, in hex. */
  readonly identity: (document: { readonly type: string; readonly number: string }) => string
}

const inForce = (key: DatedKey, now: Date) =>
  new Date(key.from) <= now && (key.until === null || now < new Date(key.until))

/**
 * Boxes are: one byte of the key id's length, key id, 12 bytes of nonce, 16 bytes of tag, cipher text.
 * @throws GatewayError `CONFIGURATION_INVALID` when no key is in force.
 */
export function sealing(keys: Keys, now: Date): Sealing {
  const material = new Map(keys.sealing.map((key) => [key.id, Buffer.from(key.key, 'base64')]))
  const current = keys.sealing.find((key) => inForce(key, now))
  const index = keys.index.find((key) => inForce(key, now))
  if (!current || !index)
    throw new GatewayError('CONFIGURATION_INVALID', { variable: 'KEYS_FILE', reason: 'no key in force' })
  const indexKey = Buffer.from(index.key, 'base64')
  const header = Buffer.concat([Buffer.from([Buffer.byteLength(current.id)]), Buffer.from(current.id)])
  const key = material.get(current.id) as Buffer

  const sealBytes = (bytes: Buffer): Buffer => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(header)
    const body = Buffer.concat([cipher.update(bytes), cipher.final()])
    return Buffer.concat([header, nonce, cipher.getAuthTag(), body])
  }
  const openBytes = (box: Buffer): Buffer => {
    const end = 1 + (box[0] ?? 0)
    const opener = material.get(box.subarray(1, end).toString())
    if (!opener)
      throw new GatewayError('CONFIGURATION_INVALID', {
        variable: 'KEYS_FILE',
        reason: 'a sealing key is missing',
      })
    const decipher = createDecipheriv('aes-256-gcm', opener, box.subarray(end, end + 12)).setAAD(
      box.subarray(0, end),
    )
    decipher.setAuthTag(box.subarray(end + 12, end + 28))
    return Buffer.concat([decipher.update(box.subarray(end + 28)), decipher.final()])
  }
  return {
    sealBytes,
    openBytes,
    seal: (value) => sealBytes(Buffer.from(JSON.stringify(value))),
    open: <T>(box: Buffer) => JSON.parse(openBytes(box).toString()) as T,
    identity: ({ type, number }) => createHmac('sha256', indexKey).update(`${type}:${number}`).digest('hex'),
  }
}

/** Makes a new set of keys, in force from now: one to seal, one to index, two to sign (ES256). */
export async function createKeys(now: Date): Promise<Keys> {
  const { exportJWK, generateKeyPair } = await import('jose')
  const from = now.toISOString()
  const signing = await Promise.all(
    [0, 1].map(async () => {
      const { privateKey } = await generateKeyPair('ES256', { extractable: true })
      const id = randomBytes(8).toString('hex')
      return {
        id,
        from,
        until: null,
        jwk: { ...(await exportJWK(privateKey)), kid: id, alg: 'ES256', use: 'sig' },
      }
    }),
  )
  const secret = () => ({
    id: randomBytes(6).toString('hex'),
    from,
    until: null,
    key: randomBytes(32).toString('base64'),
  })
  return { sealing: [secret()], index: [secret()], signing }
}
