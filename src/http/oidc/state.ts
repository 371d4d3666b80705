/** The authorization server's state, over the few queries that it needs. */
import type { AdapterPayload } from 'oidc-provider'
import { refusal } from './refusal.ts'

export interface OidcState {
  readonly upsert: (
    model: string,
    id: string,
    payload: Readonly<Record<string, unknown>>,
    expiresIn: number | undefined,
  ) => Promise<void>
  readonly once: (model: string, id: string, expiresAt: Date) => Promise<boolean>
  readonly find: (model: string, id: string) => Promise<Readonly<Record<string, unknown>> | undefined>
  readonly findByUid: (model: string, uid: string) => Promise<Readonly<Record<string, unknown>> | undefined>
  readonly findByUserCode: (
    model: string,
    userCode: string,
  ) => Promise<Readonly<Record<string, unknown>> | undefined>
  readonly sessionUids: (accountId: string) => Promise<readonly string[]>
  /** @returns false when it was used before */
  readonly consume: (model: string, id: string) => Promise<boolean>
  readonly destroy: (model: string, id: string) => Promise<void>
  readonly revokeByGrantId: (model: string, grantId: string) => Promise<void>
}

/** The database keeps no text with a zero in it: there is none to be found, and none to be stored. */
const isText = (id: string) => !id.includes('\0')

/** oidc-provider's adapter of one model. */
export function adapterFor(model: string, state: OidcState) {
  return {
    upsert: async (id: string, payload: AdapterPayload, expiresIn: number) => {
      if (!isText(id) || JSON.stringify(payload).includes('\\u0000'))
        throw refusal('invalid_request', 'a parameter has a zero character')
      // A client assertion may be used once: the second insertion of its id must fail, whichever process sees it.
      if (
        model === 'ReplayDetection' &&
        !(await state.once(model, id, new Date(Date.now() + expiresIn * 1000)))
      )
        throw refusal('invalid_request', 'an assertion or a proof is used once')
      if (model !== 'ReplayDetection') await state.upsert(model, id, payload, expiresIn)
    },
    find: async (id: string) =>
      isText(id) ? ((await state.find(model, id)) as AdapterPayload | undefined) : undefined,
    findByUid: (uid: string) => state.findByUid(model, uid) as Promise<AdapterPayload | undefined>,
    findByUserCode: (code: string) =>
      state.findByUserCode(model, code) as Promise<AdapterPayload | undefined>,
    consume: async (id: string) => {
      // Two requests at the same moment both found it unused: the second must not get tokens for it.
      if (!(await state.consume(model, id)))
        throw refusal('invalid_grant', 'what is used once was used before')
    },
    destroy: (id: string) => state.destroy(model, id),
    revokeByGrantId: (id: string) => state.revokeByGrantId(model, id),
  }
}
