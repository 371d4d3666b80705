/**
 * `KEYS_FILE`: sealing, index, pairwise and signing keys, each with an id and dates, so that keys rotate while the gateway
 * runs. All processes read one file; whoever changes it replaces it as a whole.
 */
import { hkdfSync, randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose'
import { Type } from 'typebox'
import { GatewayError } from '../errors.ts'
import { validator } from '../schemas/validate.ts'

const MOMENT = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+(Z|[+-]\\d{2}:\\d{2})$' })
const dated = {
  id: Type.String({ minLength: 1, maxLength: 40 }),
  from: MOMENT,
  until: Type.Union([MOMENT, Type.Null()]),
}
// 32 bytes in Base64: a shorter secret would be found out when it is used first.
const Secrets = Type.Array(Type.Object({ ...dated, key: Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' }) }), {
  minItems: 1,
})
const PART = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })
const PrivateJwk = Type.Object(
  { kty: Type.Literal('EC'), crv: Type.Literal('P-256'), x: PART, y: PART, d: PART, kid: Type.String() },
  { additionalProperties: true },
)

/** Shape of `KEYS_FILE`. `key` is 32 bytes in Base64; `jwk` a private JWK (ES256). The first of a kind that is in force is used. */
const KeyFile = Type.Object({
  sealing: Secrets,
  index: Secrets,
  pairwise: Type.Optional(Secrets),
  signing: Type.Array(Type.Object({ ...dated, jwk: PrivateJwk }), {
    minItems: 1,
  }),
})

interface DatedKey {
  readonly id: string
  readonly from: string
  readonly until: string | null
}
interface SecretKey extends DatedKey {
  readonly key: string
}
interface SigningKey extends DatedKey {
  /** Private. */
  readonly jwk: Readonly<JWK>
}

export interface Keys {
  readonly sealing: readonly SecretKey[]
  readonly index: readonly SecretKey[]
  /** Never rotated: every subject that a client knows stands on it. */
  readonly pairwise: readonly SecretKey[]
  readonly signing: readonly SigningKey[]
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
  // The schema has just been checked.
  const keys = parsed as Omit<Keys, 'pairwise'> & { pairwise?: Keys['pairwise'] }
  return { ...keys, pairwise: keys.pairwise ?? [pairwiseOf(keys.index)] }
}

/** Files from before pairwise subjects have no key for them: it comes from the oldest index key, which stays. */
function pairwiseOf(index: readonly SecretKey[]): SecretKey {
  const oldest = index.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from))[0] as SecretKey
  const key = hkdfSync('sha256', Buffer.from(oldest.key, 'base64'), '', 'pairwise', 32)
  return { ...oldest, key: Buffer.from(key).toString('base64') }
}

const inForce = (key: DatedKey, now: Date) =>
  new Date(key.from) <= now && (key.until === null || now < new Date(key.until))

/** The key of a kind that is used now. @throws GatewayError `CONFIGURATION_INVALID` when none is in force. */
export function current<K extends DatedKey>(keys: readonly K[], now: Date): K {
  const found = keys.find((key) => inForce(key, now))
  if (!found)
    throw new GatewayError('CONFIGURATION_INVALID', { variable: 'KEYS_FILE', reason: 'no key in force' })
  return found
}

/** @throws GatewayError `CONFIGURATION_INVALID` when a kind has no key in force: nothing could be sealed, found or signed. */
export function requireInForce(keys: Keys, now: Date): void {
  for (const kind of [keys.sealing, keys.index, keys.pairwise, keys.signing]) current<DatedKey>(kind, now)
}

/** Signing keys that verifiers must know now: the one in use, the next, and those whose tokens still live. */
export const published = (keys: Keys, now: Date): readonly SigningKey[] =>
  keys.signing.filter((key) => key.until === null || now < new Date(key.until))

/** Their public halves, for whoever verifies. */
export const publicJwks = (keys: Keys, now: Date): JSONWebKeySet => ({
  keys: published(keys, now).map(({ jwk: { d: _private, ...rest } }) => rest),
})

const secret = (now: Date): SecretKey => ({
  id: randomBytes(6).toString('hex'),
  from: now.toISOString(),
  until: null,
  key: randomBytes(32).toString('base64'),
})

async function signingKey(now: Date): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const id = randomBytes(8).toString('hex')
  return {
    id,
    from: now.toISOString(),
    until: null,
    jwk: { ...(await exportJWK(privateKey)), kid: id, alg: 'ES256', use: 'sig' },
  }
}

/** Makes a new set of keys, in force from now: one to seal, to index and for subjects, two to sign (the one in use and the next). */
export async function createKeys(now: Date): Promise<Keys> {
  return {
    sealing: [secret(now)],
    index: [secret(now)],
    pairwise: [secret(now)],
    signing: [await signingKey(now), await signingKey(now)],
  }
}

/** How long a retired signing key stays published: longer than any token that it signed, and any process that has not read the file again. */
const RETIRED_MS = 30 * 60_000

/** How long a new secret waits before it is used, so that every process has read the file before it meets what the key made. */
const WAIT_MS = 60_000

/**
 * Rotates one kind. Signing: the next key, which every process has published already, takes over, and a new next one joins.
 * Sealing and index: a new key is used from a minute later, and the old ones still open and find.
 */
export async function rotate(keys: Keys, kind: 'signing' | 'sealing' | 'index', now: Date): Promise<Keys> {
  if (kind !== 'signing')
    return { ...keys, [kind]: [secret(new Date(now.getTime() + WAIT_MS)), ...keys[kind]] }
  const [used, next = await signingKey(now), ...others] = published(keys, now)
  const retired = used ? [{ ...used, until: new Date(now.getTime() + RETIRED_MS).toISOString() }] : []
  const waiting = others.filter((key) => key.until === null)
  return {
    ...keys,
    signing: [
      next,
      ...(waiting.length > 0 ? waiting : [await signingKey(now)]),
      ...retired,
      ...others.filter((key) => key.until !== null),
    ],
  }
}
