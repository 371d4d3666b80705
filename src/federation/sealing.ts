/**
 * What is done with keys: AES-256-GCM boxes for personal data, a keyed hash to find it by, and the subjects by which clients
 * know a person.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { GatewayError } from '../errors.ts'
import type { IdDocument } from '../schemas/application.ts'
import { matchText } from '../schemas/identifiers/match.ts'
import { current, type Keys } from './keys.ts'

/** Seals and opens values, and hashes identities. */
export interface Sealing {
  readonly seal: (value: unknown) => Buffer
  readonly open: <T>(box: Buffer) => T
  readonly sealBytes: (bytes: Buffer) => Buffer
  readonly openBytes: (box: Buffer) => Buffer
  /** Finds a person without holding the number: HMAC-SHA-256 over type and number, in hex, by the index key in use. */
  readonly identity: (document: IdDocument) => string
  /** The same by every index key, the one in use first: what was stored before a rotation is found by an older one. */
  readonly identities: (document: IdDocument) => readonly string[]
  /** Keyed hash of any other text that must be found again and not read: `purpose` keeps equal texts of different kinds apart. */
  readonly hash: (purpose: string, text: string) => string
  /** How one sector (a client, or a client in a region) knows a person: stable there, and of no use anywhere else. */
  readonly subject: (sector: string, personId: string) => string
}

interface Material {
  readonly from: Keys
  /** Until then the choice holds: a key may come into force without the file changing. */
  readonly until: number
  readonly seal: { readonly header: Buffer; readonly key: KeyObject }
  readonly open: ReadonlyMap<string, KeyObject>
  readonly index: readonly KeyObject[]
  readonly pairwise: KeyObject
}

const CHOICE_MS = 5_000

const keyOf = ({ key }: { readonly key: string }): KeyObject => createSecretKey(Buffer.from(key, 'base64'))

function materialOf(keys: Keys, now: Date): Material {
  const sealing = current(keys.sealing, now)
  const index = current(keys.index, now)
  return {
    from: keys,
    until: now.getTime() + CHOICE_MS,
    seal: {
      header: Buffer.concat([Buffer.from([Buffer.byteLength(sealing.id)]), Buffer.from(sealing.id)]),
      key: keyOf(sealing),
    },
    open: new Map(keys.sealing.map((key) => [key.id, keyOf(key)])),
    index: [index, ...keys.index.filter((key) => key !== index)].map(keyOf),
    pairwise: keyOf(current(keys.pairwise, now)),
  }
}

const mac = (key: KeyObject, text: string) => createHmac('sha256', key).update(text)

/**
 * Boxes are: one byte of the key id's length, key id, 12 bytes of nonce, 16 bytes of tag, cipher text.
 * @param keys the keys as they are now: a rotation is seen at the next call
 * @throws GatewayError `CONFIGURATION_INVALID` when no key is in force.
 */
export function sealing(keys: () => Keys, now: () => Date): Sealing {
  let made = materialOf(keys(), now())
  const material = () => {
    const latest = keys()
    const moment = now()
    if (made.from !== latest || made.until < moment.getTime()) made = materialOf(latest, moment)
    return made
  }

  const sealBytes = (bytes: Buffer): Buffer => {
    const { header, key } = material().seal
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(header)
    const body = Buffer.concat([cipher.update(bytes), cipher.final()])
    return Buffer.concat([header, nonce, cipher.getAuthTag(), body])
  }
  const openBytes = (box: Buffer): Buffer => {
    const end = 1 + (box[0] ?? 0)
    const opener = material().open.get(box.subarray(1, end).toString())
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
  const identities = (document: IdDocument) =>
    material().index.map((key) => mac(key, matchText(document)).digest('hex'))
  return {
    sealBytes,
    openBytes,
    seal: (value) => sealBytes(Buffer.from(JSON.stringify(value))),
    open: <T>(box: Buffer) => JSON.parse(openBytes(box).toString()) as T,
    identities,
    identity: (document) => identities(document)[0] ?? '',
    hash: (purpose, text) => mac(material().pairwise, `${purpose}\0${text}`).digest('hex'),
    subject: (sector, personId) =>
      mac(material().pairwise, `subject\0${sector}\0${personId}`).digest('base64url'),
  }
}
