/** People with photos and licences, and the pages as they see them. */
import { openSession } from '../../src/federation/identity/sessions.ts'
import { portrait } from '../../src/sandbox/pictures.ts'
import { type Somebody, somebody } from '../support/as-person.ts'
import type { TestGateway } from '../support/gateway.ts'

/** The city of the tests: its region answers city by city, and holds papers of the person that all four regions know. */
export const SUZHOU = '320500'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
/** A number that can be one and is nobody's. @param birth eight digits */
export function numberOf(birth: string, ordinal: number): string {
  const digits = `310000${birth}${String(ordinal).padStart(3, '0')}`
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return digits + '10X98765432'[sum % 11]
}

/** The sandbox's person whom all four regions know. */
export const known = (gateway: TestGateway): Promise<Somebody> =>
  somebody({ name: '测试通', number: '310101199003070000' }, gateway)

let ordinal = 0
/** Somebody of whom no region has heard. */
export function stranger(gateway: TestGateway, { birth = '19800101', loa = 3 as const } = {}) {
  ordinal += 1
  return somebody({ name: `测试生人${ordinal}`, number: numberOf(birth, ordinal), loa }, gateway)
}

/** Somebody below fourteen. */
export const child = (gateway: TestGateway): Promise<Somebody> =>
  stranger(gateway, { birth: `${new Date().getUTCFullYear() - 8}0101` })

/** Somebody with two photos that they took here. One person may ask the cities thirty times a minute: most tests have their own. */
export async function photographed(gateway: TestGateway): Promise<Somebody> {
  const person = await stranger(gateway)
  for (const number of [1, 2]) await captured(person, gateway, number)
  return person
}

/** A drawn figure, nobody's likeness. */
export const jpeg = (number = 1): Buffer => portrait(number).bytes

/** The matter of this name that is handled in the city. */
export async function matterAt(name: string, { gateway }: TestGateway): Promise<string> {
  const { store } = gateway.deps
  const [found] = await store.matters.search({ q: name, division: SUZHOU, limit: 1, document: {} })
  if (!found) throw new Error(`${name} is not offered`)
  return found.id
}

/** A form with a file, as a browser sends it. */
export async function sendPhoto(person: Somebody, gateway: TestGateway, file: File | undefined) {
  const cookie = `__Host-delta=${await openSession(person.authentication, 'test', gateway.gateway.deps)}`
  const at = `${gateway.url}/me/photos/new`
  const page = await (await fetch(at, { headers: { cookie } })).text()
  const form = new FormData()
  form.append('token', /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '')
  if (file) form.append('file', file)
  const answer = await fetch(at, { method: 'POST', headers: { cookie }, body: form, redirect: 'manual' })
  return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() }
}

/** Puts a photo into the person's own library. @returns the path of its page */
export async function captured(person: Somebody, gateway: TestGateway, number = 1): Promise<string> {
  const { status, location, text } = await sendPhoto(
    person,
    gateway,
    new File([new Uint8Array(jpeg(number))], 'me.jpg', { type: 'image/jpeg' }),
  )
  if (status !== 303) throw new Error(`no photo: ${status} ${text}`)
  return location
}

/** The fields of the preview's form as they stand, with the consents of these kinds ticked. */
export function previewFields(text: string, ticked: readonly string[]): (readonly [string, string])[] {
  const hidden = [
    ...text.matchAll(/type="hidden" name="(matter|division|cities|digest\.\w+)" value="([^"]*)"/g),
  ]
  const radios = [...text.matchAll(/type="radio" name="([^"]+)" value="([^"]+)" checked/g)]
  return [
    ...[...hidden, ...radios].map(([, name = '', value = '']) => [name, value] as const),
    ...ticked.map((kind) => [`agree.${kind}`, 'yes'] as const),
  ]
}

/** Another choice for a document than the page's. */
export const withField = (fields: readonly (readonly [string, string])[], name: string, value: string) => [
  ...fields.filter(([one]) => one !== name),
  [name, value] as const,
]
