import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { GatewayError } from '../errors.ts'
import { parseClients } from '../http/oidc/clients.ts'
import { type Args, need, option, type Said } from './args.ts'
import { call, callerOf } from './call.ts'
import { getToken } from './token.ts'

const wordsOf = (args: Args, name: string): readonly string[] | undefined =>
  option(args, name)?.split(' ').filter(Boolean)
const member = (name: string, words: readonly string[] | undefined) => (words ? { [name]: words } : {})

/** A pair on the curve P-256 for one use. */
function keyPair(use: 'sig' | 'enc', alg: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = randomBytes(8).toString('hex')
  return {
    open: { ...publicKey.export({ format: 'jwk' }), kid, alg, use },
    secret: { ...privateKey.export({ format: 'jwk' }), kid, alg },
  }
}

/**
 * Adds a client to a client directory, and writes its private keys to files of their own: the one with which it signs to `--key-out`, the one
 * with which it opens photos and licences that are handed to it to the same name with `.enc` behind it.
 */
export async function addClient(args: Args): Promise<string> {
  const [file, id, keyFile] = [need(args, 'directory'), need(args, 'id'), need(args, 'key-out')]
  const known = existsSync(file) ? parseClients(JSON.parse(readFileSync(file, 'utf8'))) : []
  const [signing, encryption] = [keyPair('sig', 'ES256'), keyPair('enc', 'ECDH-ES+A256KW')]
  const entry = {
    client_id: id,
    client_name: option(args, 'name') ?? id,
    scope: option(args, 'scope') ?? 'cases convert',
    grant_types: wordsOf(args, 'grants') ?? ['client_credentials'],
    ...member('redirect_uris', wordsOf(args, 'redirect-uris')),
    ...member('purposes', wordsOf(args, 'purposes')),
    ...member('divisions', wordsOf(args, 'divisions')),
    jwks: { keys: [signing.open, encryption.open] },
  }
  // Whatever the gateway would not start with is told now, and nothing is written.
  parseClients({ clients: [entry] })
  const secrets = { mode: 0o600, flag: 'wx' } as const
  writeFileSync(keyFile, JSON.stringify(signing.secret, null, 2), secrets)
  writeFileSync(`${keyFile}.enc`, JSON.stringify(encryption.secret, null, 2), secrets)
  writeFileSync(
    file,
    JSON.stringify({ clients: [...known.filter((one) => one.client_id !== id), entry] }, null, 2),
  )
  return `Added ${id} to ${file}; its private keys are in ${keyFile} (signing) and ${keyFile}.enc (opening what is handed to it).`
}

interface Entry {
  readonly client_id: string
  readonly jwks?: { readonly keys: readonly { readonly use?: string }[] }
}

/**
 * Gives a client a new signing key. The newest of the old ones still counts, so that the client may change over when it likes; one that
 * is older than that goes. Keys that open what is handed over stay: they are needed for what was handed over already.
 */
export async function rotateClient(args: Args): Promise<Said> {
  const [file, id, keyFile] = [need(args, 'directory'), need(args, 'id'), need(args, 'key-out')]
  const directory = JSON.parse(readFileSync(file, 'utf8')) as { clients: readonly Entry[] }
  const entry = directory.clients.find((one) => one.client_id === id)
  if (!entry?.jwks)
    throw new GatewayError('CONFIGURATION_INVALID', {
      option: '--id',
      reason: 'has no keys in this directory',
    })
  const { open, secret } = keyPair('sig', 'ES256')
  const signing = entry.jwks.keys.filter(({ use }) => use !== 'enc')
  const others = entry.jwks.keys.filter(({ use }) => use === 'enc')
  const changed = { ...entry, jwks: { keys: [...signing.slice(-1), open, ...others] } }
  const clients = directory.clients.map((one) => (one === entry ? changed : one))
  parseClients({ clients })
  writeFileSync(keyFile, JSON.stringify(secret, null, 2), { mode: 0o600, flag: 'wx' })
  replaceFile(file, JSON.stringify({ ...directory, clients }, null, 2))
  return `${id} has a new signing key in ${keyFile}; the one before counts until the next rotation. Restart the gateways to let them read ${file}.`
}

/** Whoever reads it meanwhile sees the old file or the new one. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { flag: 'wx' })
  renameSync(`${file}.new`, file)
}

/** Gets a token and makes one call with it, and says which of the two fails. */
export async function testClient(args: Args): Promise<Said> {
  const caller = callerOf(args)
  await getToken({ ...caller, scope: 'cases' })
  const { items } = (await call(args, 'cases', 'GET', '/api/v1/cases?limit=1')) as {
    items: readonly unknown[]
  }
  const text = `${caller.client}: 取得令牌, 调用成功 · got a token, and the call was answered`
  return { text, data: { client: caller.client, token: true, call: true, hasCases: items.length > 0 } }
}
