/** What the verbs need to know of the clients of the API. */
import type { JWK } from 'jose'
import type { Purpose } from './identity/purposes.ts'

/** A client as its directory entry says. */
export interface ClientFacts {
  readonly name: string
  readonly scopes: ReadonlySet<string>
  /** For what it may scan a person's code. */
  readonly purposes: ReadonlySet<Purpose>
  /** Cities for which its windows take over what other windows have taken in. */
  readonly divisions: readonly string[]
  /** Its public keys, as the directory holds them. */
  readonly keys: readonly JWK[]
  /** Hosts, some with a port, to which its events may be posted. */
  readonly webhookHosts: readonly string[]
}

/** A client by its id; `undefined` for none of the directory. */
export type ClientBook = (clientId: string) => ClientFacts | undefined

/** Members of a directory entry that the book is made of. */
interface Entry {
  readonly client_id: string
  readonly client_name?: string
  readonly scope: string
  readonly purposes?: readonly Purpose[]
  readonly divisions?: readonly string[]
  readonly jwks?: { readonly keys: readonly JWK[] }
  readonly webhook_hosts?: readonly string[]
}

/** Makes the book of a client directory. */
export function clientBook(entries: readonly Entry[]): ClientBook {
  const book = new Map<string, ClientFacts>(
    entries.map(({ client_id, client_name, scope, purposes, divisions, jwks, webhook_hosts }) => [
      client_id,
      {
        name: client_name ?? client_id,
        scopes: new Set(scope.split(' ')),
        purposes: new Set(purposes),
        divisions: divisions ?? [],
        keys: jwks?.keys ?? [],
        webhookHosts: webhook_hosts ?? [],
      },
    ]),
  )
  return (clientId) => book.get(clientId)
}
