/** The pages that benches look at: those for everybody, and those of somebody who is logged in. */
import { APPLICATION } from './application.ts'
import type { Bench } from './gateway.ts'
import type { Person } from './people.ts'

const matter = encodeURIComponent(APPLICATION.matter)
const FUND = encodeURIComponent('公积金')

/** Pages that anybody may read. */
export async function publicPages({ url }: Bench): Promise<readonly string[]> {
  const { items } = (await (
    await fetch(`${url}/api/v1/windows?city=${APPLICATION.division}&limit=1`)
  ).json()) as { items: readonly { id: string }[] }
  return [
    '/',
    `/matters?q=${FUND}`,
    `/matters/${matter}`,
    `/matters/${matter}/cities`,
    `/preflight?matter=${matter}`,
    '/map',
    `/map?city=${APPLICATION.division}&matter=${matter}`,
    ...items.map(({ id }) => `/windows/${encodeURIComponent(id)}`),
    '/guides',
    '/guides/registration',
    '/figures',
    '/log-in',
    '/docs',
    '/problems',
  ]
}

/** Pages of a person, by what they are. Those that ask the cities anew are not among them: a person may do so thirty times a minute. */
export const OWN_PAGES: Readonly<Record<string, (person: Person) => string | undefined>> = {
  '/me': () => '/me',
  '/me/services': () => '/me/services',
  '/me/cases': () => '/me/cases',
  '/me/cases/:id': (person) => person.case,
  '/me/cases/:id/withdrawal': (person) => person.case && `${person.case}/withdrawal`,
  '/me/drafts': () => '/me/drafts',
  '/me/drafts/:draft/steps/mobile': ({ draft }) => `${draft}/steps/mobile`,
  '/me/drafts/:draft/check': ({ draft }) => `${draft}/check`,
  '/me/code': () => '/me/code',
  '/me/consents': () => '/me/consents',
  '/me/mandates': () => '/me/mandates',
  '/me/accesses': () => '/me/accesses',
}
