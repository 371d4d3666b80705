/** Pages of somebody who has one of everything, of a clerk, of a counter and of an operator: where they are, and who sees them. */
import { openDesk } from '../../src/federation/identity/desks.ts'
import { openSession } from '../../src/federation/identity/sessions.ts'
import { linkOperator } from '../../src/federation/operations/operators.ts'
import { chosen, clerkAt, takenIn } from '../desk/support.ts'
import { caseOf, complain, HANGZHOU } from '../follow/support.ts'
import { captured, known, matterAt, previewFields, SUZHOU } from '../portal/support.ts'
import { browserOf, type Somebody } from './as-person.ts'
import type { TestGateway } from './gateway.ts'
import { given, newcomer } from './mandates.ts'
import { formTokenIn, visitor } from './page-reader.ts'

export type NamedPath = readonly [name: string, path: string]

export interface OwnPages {
  readonly paths: readonly NamedPath[]
  /** `name=value` of everybody whose pages these are: one browser may be all of them. */
  readonly cookies: readonly string[]
}

/** A person with a case that waits for a correction, a draft, a photo, a consent, a mandate, a code and a window that asks them. */
export async function ownPages(gateway: TestGateway): Promise<OwnPages> {
  await gateway.sync(HANGZHOU, SUZHOU)
  const person = await known(gateway)
  const browser = await browserOf(person, gateway)
  const filed = await caseOf(person, gateway)
  await complain(gateway, filed.number)
  const photo = await captured(person, gateway)
  const matter = encodeURIComponent(await matterAt('换领机动车驾驶证', gateway))
  const draft = await drafted(browser, matter)
  const preview = `/me/preview?matter=${matter}`
  const { text } = await browser.get(preview)
  const done = await browser.post('/me/preview', [...previewFields(text, ['photo']), ['do', 'agree']])
  const mandate = await given(person, await newcomer(gateway), gateway)
  await browser.get('/me/code')
  const code = await browser.post('/me/code', [['purpose', 'hotel']])
  const [licence = ''] = /\/me\/licences\/[\w-]+/.exec((await browser.get('/me/licences')).text) ?? []
  const desk = await deskPages(person, gateway)
  const paths: NamedPath[] = [
    ['me', '/me'],
    ['services', '/me/services'],
    ['apply', `/apply?matter=${matter}`],
    ['cases', '/me/cases'],
    ['case', filed.path],
    ['correction', `${filed.path}/correction`],
    ['withdrawal', `${filed.path}/withdrawal`],
    ['drafts', '/me/drafts'],
    ...draft,
    ['code-choose', '/me/code'],
    ['code', code.location ?? ''],
    ['scans', '/me/scans'],
    ['photos', '/me/photos'],
    ['photo-new', '/me/photos/new'],
    ['photo', photo],
    ['licences', '/me/licences'],
    ['licence', licence],
    ['preview', preview],
    ['preview-done', done.location ?? ''],
    ['consents', '/me/consents'],
    ['guardian', '/me/consents/guardian'],
    ['mandates', '/me/mandates'],
    ['mandate-new', '/me/mandates/new'],
    ['mandate-accept', '/me/mandates/accept'],
    ['mandate-uses', `/me/mandates/${mandate}/uses`],
    ['accesses', '/me/accesses'],
    ['at-window', '/me/at-window'],
    ...desk.paths,
    ['counter', '/counter'],
    ['operations', '/operations'],
  ]
  const session = `__Host-delta=${await openSession(person.authentication, 'test', gateway.gateway.deps)}`
  const cookies = [session, ...desk.cookies, await counterCookie(gateway), await operatorCookie(gateway)]
  return { paths, cookies }
}

/** A draft's first question, one that is open, a document and the page with everything. */
async function drafted(browser: Awaited<ReturnType<typeof browserOf>>, matter: string): Promise<NamedPath[]> {
  await browser.get(`/apply?matter=${matter}`)
  const { location } = await browser.post('/apply', [['matter', decodeURIComponent(matter)]])
  const check = `${location}/check`
  const { text } = await browser.get(check)
  const [document = ''] = /\/me\/drafts\/\w+\/steps\/doc\.[^"]+/.exec(text) ?? []
  return [
    ['draft-step', `${location}/steps/mobile`],
    ['draft-document', document],
    ['draft-check', check],
  ]
}

/** A clerk with a case of this person, who is asked to agree. */
async function deskPages(person: Somebody, gateway: TestGateway): Promise<OwnPages> {
  const clerk = await clerkAt('sandbox-chongming', '陈一', '310151', gateway)
  const at = await takenIn(clerk, person, gateway)
  await chosen(clerk, at, '开具无犯罪记录证明', SUZHOU)
  const cookies = [...clerk.browser.cookies].map(([name, value]) => `${name}=${value}`)
  const paths: NamedPath[] = [
    ['at-window-asked', at.replace('/desk/cases', '/me/at-window')],
    ['desk', '/desk'],
    ['desk-case', at],
    ['desk-incoming', '/desk/incoming'],
    ['desk-away', '/desk/away'],
  ]
  return { paths, cookies }
}

/** Presses the button behind a link. @returns the cookie that it left */
async function pressed(link: string, name: string, gateway: TestGateway): Promise<string> {
  const browser = visitor(gateway)
  const page = await browser.send(link)
  await browser.send(link, { token: formTokenIn(await page.text()) ?? '' })
  return `${name}=${browser.cookies.get(name)}`
}

const counterCookie = async (gateway: TestGateway) =>
  pressed((await openDesk('sandbox-hotel', gateway.gateway.deps)).link, '__Host-delta-desk', gateway)
const operatorCookie = async (gateway: TestGateway) => {
  const { link } = await linkOperator({ account: 'test' }, gateway.gateway.deps)
  return pressed(link, '__Host-delta-operator', gateway)
}
