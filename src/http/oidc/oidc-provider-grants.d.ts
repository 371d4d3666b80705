/** The helpers with which oidc-provider's own grants are written; it exports them, and its types leave them out. */
declare module 'oidc-provider/lib/helpers/grants.js' {
  import type { KoaContextWithOIDC, Provider } from 'oidc-provider'

  export interface DpopProof {
    readonly thumbprint: string
    readonly jti: string
  }
  export function validateDpop(provider: Provider, ctx: KoaContextWithOIDC): Promise<DpopProof | undefined>
  export function checkDpopRequired(
    provider: Provider,
    ctx: KoaContextWithOIDC,
    proof: DpopProof | undefined,
  ): void
  export function checkDpopReplay(
    provider: Provider,
    ctx: KoaContextWithOIDC,
    proof: DpopProof | undefined,
    clientId: string,
  ): Promise<void>
}
