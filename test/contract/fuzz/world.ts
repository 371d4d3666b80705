/** A gateway with something of everything in it, and who calls it. */
import type { JWK } from 'jose'
import { getToken } from '../../../src/cli/token.ts'
import { storyOf } from '../../flow/stories.ts'
import { asPerson, type Somebody } from '../../support/as-person.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../../support/gateway.ts'
import { holder, matterId, SUZHOU } from '../../support/holdings.ts'
import { applicantOf, given, newcomer } from '../../support/mandates.ts'
import { personToken } from '../../support/person-token.ts'
import type { Operation } from './document.ts'
import type { Answer } from './judge.ts'
import type { Request } from './requests.ts'

const MACHINE = 'sandbox-shanghai'
const SCOPES: Readonly<Record<string, string>> = {
  [MACHINE]: 'cases convert events photos licences persons',
  'sandbox-anhui': 'cases',
  'sandbox-hotel': 'persons:verify',
}
const PERSON = 'photos licences persons cases events'
/** A token is used for half of its ten minutes. */
const RENEW_MS = 300_000

export const CALLERS = [...Object.keys(SCOPES), 'person', 'nobody', 'forger']

/** Who asks for this operation, when the right one does. */
export function callerOf({ path, security = [] }: Operation): string {
  if (security.length === 0) return 'nobody'
  if (path.startsWith('/api/v1/me')) return 'person'
  return path === '/api/v1/persons/verify' ? 'sandbox-hotel' : MACHINE
}

export async function startWorld() {
  const gateway = await startTestGateway()
  await gateway.sync('330100', '320500')
  await gateway.syncWindows('330900')
  const { person } = await holder(SUZHOU, gateway)
  const known = await valuesIn(gateway, person)
  const tokens = new Map<string, { token: string; until: number }>()

  const fresh = (who: string): Promise<string> =>
    who === 'person'
      ? personToken(gateway, person.principal, { scope: PERSON })
      : getToken({
          gateway: gateway.url,
          client: who,
          key: gateway.clients.keys[who] as JWK,
          scope: SCOPES[who] ?? '',
        })
  const authorization = async (who: string): Promise<Record<string, string>> => {
    if (who === 'nobody') return {}
    if (who === 'forger') return { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' }
    const held = tokens.get(who)
    if (!held || held.until < Date.now())
      tokens.set(who, { token: await fresh(who), until: Date.now() + RENEW_MS })
    return { authorization: `Bearer ${tokens.get(who)?.token}` }
  }

  return {
    gateway,
    known,
    /** One exchange over HTTP. */
    exchange: async ({ method, address, headers, body, who }: Request): Promise<Answer> => {
      const answered = await fetch(gateway.url + address, {
        method,
        headers: { ...headers, ...(await authorization(who)) },
        redirect: 'manual',
        ...(body.kind === 'none' ? {} : { body: body.kind === 'text' ? body.text : formOf(body) }),
      })
      const isStream = (answered.headers.get('content-type') ?? '').startsWith('text/event-stream')
      if (isStream) await answered.body?.cancel()
      return {
        status: answered.status,
        headers: answered.headers,
        bytes: isStream ? undefined : Buffer.from(await answered.arrayBuffer()),
      }
    },
  }
}

function formOf({ name, content }: { readonly name: string; readonly content: string }): FormData {
  const form = new FormData()
  form.append(name, new File([Buffer.from(content, 'latin1')], 'a.pdf', { type: 'application/pdf' }))
  return form
}

/** What there is, by the name of the member or parameter that asks for it, and by path where a name is not enough. */
async function valuesIn(
  gateway: TestGateway,
  person: Somebody,
): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const machine = await gateway.as(MACHINE, SCOPES[MACHINE])
  const own = await asPerson(person, gateway, { scope: PERSON })
  const application = storyOf('zhejiang').application(await upload(machine, 'a.pdf'))
  const filed = await file(machine, application)
  const matter = await matterId(gateway, 'jiangsu', '社会保障卡补领换领换发')
  const first = async (caller: Caller, at: string) => (await caller('GET', at)).body.items[0].id
  const photo = await first(own, '/api/v1/me/photos?cities=320500')
  const licence = await first(own, '/api/v1/me/licences?cities=320500')
  const grant = { purpose: 'crossProvince', matter, receiver: MACHINE }
  const photoGrant = await own('POST', `/api/v1/me/photos/${photo}/grants`, grant)
  const licenceGrant = await own('POST', `/api/v1/me/licences/${licence}/grants`, grant)
  const hook = await machine('POST', '/api/v1/subscriptions', { url: 'http://127.0.0.1:9/' })
  const mandate = await given(await applicantOf(gateway), await newcomer(gateway), gateway)
  const code = await own('POST', '/api/v1/me/codes', { purpose: 'hotel' })
  const feed = await machine('GET', '/api/v1/events?limit=1')
  const ids: Readonly<Record<string, unknown>> = {
    '/api/v1/cases/': filed.body.id,
    '/api/v1/matters/': application['matter'],
    '/api/v1/windows/': 'zhejiang:330900:win-330901-1',
    '/api/v1/subscriptions/': hook.body.id,
    '/api/v1/me/photos/': photo,
    '/api/v1/me/licences/': licence,
    '/api/v1/me/consents/': photoGrant.body.consent,
    '/api/v1/me/mandates/': mandate,
    '/api/v1/me/codes/': code.body.id,
  }
  const { body: document } = await gateway.anyone('GET', '/openapi.json')
  const byPath = Object.keys(document.paths).flatMap((path) =>
    Object.entries(ids)
      .filter(([start]) => path.startsWith(`${start}{id}`))
      .map(([, id]) => [`${path} id`, [id]] as const),
  )
  return {
    ...Object.fromEntries(byPath),
    '/api/v1/photos/{code} code': [photoGrant.body.code],
    '/api/v1/licences/{code} code': [licenceGrant.body.code],
    application: [application],
    matter: [application['matter'], matter],
    division: ['330100', '320500', '310000', '999999'],
    sourceDivision: ['310000'],
    city: ['330100', '330900', '999999'],
    cities: ['320500', 'home', 'known', '999999'],
    region: ['zhejiang', 'anhui', 'canonical'],
    message: ['matter', 'application', 'case'],
    idDocument: [{ type: '111', number: '33010619010203101X' }],
    documents: [application.documents],
    form: [application['form']],
    receiver: [MACHINE, 'region:330100'],
    purpose: ['crossProvince', 'hotel'],
    photo: [photo],
    licence: [licence],
    code: [code.body.code, code.body.typedCode],
    'If-Match': [filed.headers.get('etag'), '*'],
    cursor: [feed.body.nextCursor],
    after: [feed.body.nextCursor, '1'],
    url: ['http://127.0.0.1:9/'],
    'Last-Event-ID': ['1', '0'],
    asOf: ['2026-01-01T00:00:00+08:00', new Date().toISOString()],
  }
}
