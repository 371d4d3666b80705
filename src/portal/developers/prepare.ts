/**
 * What must be there before an operation can be called: a case, a code, a licence. A form that has `{id}` in it is completed here, out of
 * what the caller has already, or by making it first.
 */
import { formatInstant } from '../../schemas/instants.ts'
import type { Example, Move, Run } from './run.ts'

/** Values by the names that stand in braces. */
export type Made = Readonly<Record<string, string | undefined>>

interface Ready {
  readonly run: Run
  readonly move: Move
  readonly example: Example
  readonly now: Date
}
type Prepare = (ready: Ready) => Promise<Made>

const MONTH_MS = 30 * 86_400_000
/** How long the played region may take to tell of a case that its clerk moved, and how often it is looked. */
const TOLD_MS = 5_000
const LOOK_MS = 100

const path = (id: string) => ({ values: { 'path.id': id } })

async function filed({ run }: Pick<Ready, 'run'>): Promise<{ id: string; number: string; etag: string }> {
  const { body, etag } = await run('fileCase')
  return { id: body.id, number: body.caseNumber, etag }
}

const aCase: Prepare = async ({ run }) => {
  const [known] = (await run('listCases')).body.items
  return { id: known?.id ?? (await filed({ run })).id }
}

/** A new case that the region's clerk has led so far. */
const caseAt =
  (...states: readonly string[]): Prepare =>
  async ({ run, move }) => {
    const { id, number } = await filed({ run })
    for (const state of states) await move('zhejiang', number, state)
    const until = Date.now() + TOLD_MS
    for (;;) {
      const { body, etag } = await run('readCase', path(id))
      if (body.status === states.at(-1) || Date.now() > until) return { id, etag }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  }

const newCase: Prepare = async ({ run }) => {
  const { id } = await filed({ run })
  return { id, etag: (await run('readCase', path(id))).etag }
}

const concluded = caseAt('ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED')

const aSubscription: Prepare = async ({ run }) => {
  const [known] = (await run('listSubscriptions')).body.items
  return { id: known?.id ?? (await run('subscribe')).body.id }
}

const aPhoto: Prepare = async ({ run }) => {
  const [known] = (await run('listPhotos')).body.items
  return { id: known?.id ?? (await run('capturePhoto')).body.photo.id }
}

const aLicence: Prepare = async ({ run }) => ({ id: (await run('listLicences')).body.items[0]?.id ?? '' })

const inMonths = (now: Date) => ({ until: formatInstant(new Date(now.getTime() + MONTH_MS)) })

async function offered({ run, now }: Ready): Promise<{ id: string; code: string }> {
  const body = { matters: ['*'], regions: ['zhejiang'], ...inMonths(now) }
  const answer = await run('offerMandate', { body })
  return { id: answer.body.mandate.id, code: answer.body.code }
}

const accepted: Prepare = async (ready) => {
  const { id, code } = await offered(ready)
  await ready.run('acceptMandate', { as: 'friend', body: { code } })
  return { id }
}

const aCode: Prepare = async ({ run }) => {
  const { body } = await run('makeCode')
  return { id: body.id, code: body.typedCode }
}

/** A consent to one of the caller's photos, with the digest of the words that a dry run shows. */
async function words({ run, example }: Ready, photo: string, as: string, over: object = {}) {
  const asked = { ...example('giveConsent'), items: [photo], ...over }
  const { body } = await run('giveConsent', { as, values: { 'query.dryRun': 'true' }, body: asked })
  return { ...asked, digest: String(body.wording.digest) }
}

const toConsent: Prepare = async (ready) => {
  const { id = '' } = await aPhoto(ready)
  return { photo: id, digest: (await words(ready, id, 'person')).digest }
}

const aConsent: Prepare = async (ready) => {
  const { id = '' } = await aPhoto(ready)
  const { body } = await ready.run('giveConsent', { body: await words(ready, id, 'person') })
  return { id: body.consent.id }
}

/** A photo whose owner lets it become a document of an application in the city that handles it. */
const photoForDocument: Prepare = async (ready) => {
  const { id = '' } = await aPhoto(ready)
  const { matter, division } = ready.example('preparePhoto')
  const over = { purpose: 'documentMaking', matter, receiver: `region:${division}` }
  await ready.run('giveConsent', { body: await words(ready, id, 'person', over) })
  return { id }
}

const guardian: Prepare = async (ready) => {
  const { run } = ready
  const [known] = (await run('listPhotos', { as: 'child' })).body.items
  const photo = known?.id ?? (await run('capturePhoto', { as: 'child' })).body.photo.id
  const { body } = await run('giveConsent', { as: 'child', body: await words(ready, photo, 'child') })
  return { code: body.guardian.code }
}

const photoCode: Prepare = async (ready) => {
  const { id = '' } = await aPhoto(ready)
  return { code: (await ready.run('grantPhoto', path(id))).body.code }
}
const licenceCode: Prepare = async (ready) => {
  const { id = '' } = await aLicence(ready)
  return { code: (await ready.run('grantLicence', path(id))).body.code }
}

/** A look by a system that has not been asked about. */
const aLook: Prepare = async (ready) => {
  const { code = '' } = await licenceCode(ready)
  await ready.run('redeemLicence', { values: { 'path.code': code } })
  const { body } = await ready.run('listAccesses', { values: { 'query.own': 'hide', 'query.limit': '1' } })
  return { id: body.items[0]?.id ?? '' }
}

const aQuestion: Prepare = async (ready) => {
  const { id = '' } = await aLook(ready)
  await ready.run('askWhy', path(id))
  const { body } = await ready.run('listQuestions', { values: { 'query.state': 'open' } })
  return { id: body.items[0]?.id ?? '' }
}

/** By operation. */
const OF_OPERATION: Readonly<Record<string, Prepare>> = {
  correctCase: caseAt('CORRECTION_REQUIRED'),
  withdrawCase: newCase,
  remindCase: newCase,
  readResult: concluded,
  rateCase: concluded,
  offerMandate: async ({ now }) => inMonths(now),
  acceptMandate: async (ready) => ({ code: (await offered(ready)).code }),
  declineMandate: accepted,
  listMandateUses: accepted,
  verifyPerson: aCode,
  preparePhoto: photoForDocument,
  dropPhoto: async ({ run }) => ({ id: (await run('capturePhoto')).body.photo.id }),
  redeemPhoto: photoCode,
  redeemLicence: licenceCode,
  giveConsent: toConsent,
  agreeAsGuardian: guardian,
  askWhy: aLook,
  answerWhy: aQuestion,
}

/** By the beginning of a path, for all operations on one such thing. */
const OF_PATH: readonly (readonly [start: string, prepare: Prepare])[] = [
  ['/api/v1/cases/{id}', aCase],
  ['/api/v1/subscriptions/{id}', aSubscription],
  ['/api/v1/me/photos/{id}', aPhoto],
  ['/api/v1/me/licences/{id}', aLicence],
  ['/api/v1/me/mandates/{id}', async (ready) => ({ id: (await offered(ready)).id })],
  ['/api/v1/me/codes/{id}', aCode],
  ['/api/v1/me/consents/{id}', aConsent],
  ['/api/v1/windows/{id}', async ({ run }) => ({ id: (await run('listWindows')).body.items[0]?.id ?? '' })],
]

/** How what an operation needs is made; `undefined` where its examples are enough. */
export const preparationOf = (operation: {
  readonly id: string
  readonly path: string
}): Prepare | undefined =>
  OF_OPERATION[operation.id] ?? OF_PATH.find(([start]) => operation.path.startsWith(start))?.[1]

/** Members of a body that differ from the document's example: they are made ready for each call. */
export const MADE_MEMBERS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  offerMandate: { until: '{until}' },
  acceptMandate: { code: '{code}' },
  verifyPerson: { code: '{code}' },
  giveConsent: { items: ['{photo}'], digest: '{digest}' },
  agreeAsGuardian: { code: '{code}' },
}
/** Who calls where that is another than usual. */
export const VISITORS: Readonly<Record<string, string>> = {
  acceptMandate: 'friend',
  declineMandate: 'friend',
}

const IN_BRACES = /\{([a-z]+)\}/g

/** Whether something in braces is still to be made. */
export const hasBraces = (texts: readonly string[]): boolean =>
  texts.some((text) => text.search(IN_BRACES) >= 0)

/** The text with what was made. What nobody made stays. */
export const withMade = (text: string, made: Made): string =>
  text.replaceAll(IN_BRACES, (whole, name: string) => made[name] ?? whole)
