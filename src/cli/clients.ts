import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseClients } from '../http/oidc/clients.ts'
import { type Args, need } from './args.ts'

/** Adds a client to a client directory, and writes its private key (a JWK) to a file of its own. */
export async function addClient(args: Args): Promise<string> {
  const [file, id, keyFile] = [need(args, 'directory'), need(args, 'id'), need(args, 'key-out')]
  const known = existsSync(file) ? parseClients(JSON.parse(readFileSync(file, 'utf8'))) : []
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = randomBytes(8).toString('hex')
  const entry = {
    client_id: id,
    client_name: args.values['name'] ?? id,
    scope: args.values['scope'] ?? 'cases convert',
    grant_types: ['client_credentials'],
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }] },
  }
  writeFileSync(
    keyFile,
    JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256' }, null, 2),
    { mode: 0o600, flag: 'wx' },
  )
  writeFileSync(
    file,
    JSON.stringify({ clients: [...known.filter((one) => one.client_id !== id), entry] }, null, 2),
  )
  return `Added ${id} to ${file}; its private key is in ${keyFile}.`
}
