/** A licence or a photo of the library stands for a paper, when its person agrees to it on their own phone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { known } from '../portal/support.ts'
import { browserOf } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { type AtWork, agreed, chosen, clerkAt, documentIn, takenIn } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('320500')
})
afterAll(() => gateway.close())

interface Filed {
  readonly exemptions: readonly { readonly how: string }[]
  readonly application: {
    readonly documents: readonly { readonly id: string; readonly uploads?: string[] }[]
  }
}

/** The clerk types what nobody knows, hands over, and this is what was filed. */
async function handedOver(clerk: AtWork, at: string) {
  const shown = await clerk.page(at)
  const names = [...shown.matchAll(/ name="(\/[^"]+)"/g)].map(([, name = '']) => name)
  const answerTo = (name: string): string => {
    const [, first] =
      new RegExp(`name="${name}"[^>]*>(?:<option value="">[^<]*</option>)?<option value="([^"]+)"`).exec(
        shown,
      ) ?? []
    return first ?? (name.endsWith('mobile') ? '13800000000' : '310000')
  }
  await clerk.post(at, `${at}/form`, Object.fromEntries(names.map((name) => [name, answerTo(name)])))
  const { status } = await clerk.post(at, `${at}/hand-over`)
  const row = await gateway.gateway.deps.store.deskCases.read(at.split('/').at(-1) ?? '')
  const filed = row?.caseId ? await gateway.gateway.deps.store.cases.read(row.caseId) : undefined
  return {
    status,
    state: filed?.dispatchState,
    content: filed && gateway.gateway.deps.sealing.open<Filed>(filed.filedSealed),
  }
}

/** A person at a window, and a matter of Suzhou. */
async function atWindow(matter: string) {
  const clerk = await clerkAt('sandbox-chongming', '陈一', '310151', gateway)
  const person = await known(gateway)
  const at = await takenIn(clerk, person, gateway)
  await chosen(clerk, at, matter, '320500')
  return { clerk, person, at }
}

test('a clerk hands over without a paper what the person’s licence spares', async () => {
  const { clerk, person, at } = await atWindow('出具贷款职工住房公积金缴存使用证明')
  expect((await agreed(person, at, gateway)).status).toBe(303)
  const shown = await clerk.page(at)
  expect(shown).toContain('本人同意用电子证照代替, 免于提交')
  expect(shown).not.toContain(person.idDocument.number)
  const { status, state, content } = await handedOver(clerk, at)
  expect([status, state, content?.exemptions.length]).toEqual([303, 'sent', 1])
})

test('the photo that somebody has in the library is used, and none is taken at the window', async () => {
  const { clerk, person, at } = await atWindow('社会保障卡补领换领换发')
  expect((await agreed(person, at, gateway)).status).toBe(303)
  expect(await clerk.page(at)).toContain('本人同意用统一照片库里的照片, 不用重拍')
  const { status, state, content } = await handedOver(clerk, at)
  expect([status, state]).toEqual([303, 'sent'])
  const uploads = content?.application.documents.flatMap(({ uploads = [] }) => uploads) ?? []
  const { store } = gateway.gateway.deps
  const rows = await Promise.all(uploads.map((id) => store.uploads.readOwn(id, 'sandbox-chongming')))
  // Nothing was scanned: the paper is the licence's own, and the picture the library's.
  expect(rows.map((row) => row?.contentType).toSorted()).toEqual(['application/pdf', 'image/jpeg'])
})

test('words that are no longer those on the page are shown again, and nobody has agreed', async () => {
  const { clerk, person, at } = await atWindow('社会保障卡补领换领换发')
  const phone = await browserOf(person, gateway)
  const own = at.replace('/desk/cases', '/me/at-window')
  await phone.get(own)
  const answer = await phone.post(own, [
    ['photo.digest', 'a'.repeat(64)],
    ['photo', 'yes'],
  ])
  expect(answer.status).toBe(200)
  expect(await clerk.page(at)).not.toContain('本人已在自己的手机上同意')
})

test('a face is agreed to separately: with the licences alone the photo is still asked for', async () => {
  const { clerk, person, at } = await atWindow('社会保障卡补领换领换发')
  await agreed(person, at, gateway, ['licence'])
  const shown = await clerk.page(at)
  expect(shown).not.toContain('不用重拍')
  expect(documentIn(shown, '[^<]*照片[^<]*')).not.toBe('')
})
