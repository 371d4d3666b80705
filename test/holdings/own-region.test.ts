/** A licence of the very region that handles the matter: by reference where that region takes licences, else as its file. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storyOf } from '../flow/stories.ts'
import { file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { holder, matterId, SUZHOU } from '../support/holdings.ts'

const ID_CARD = '8754fbcb-d1be-6f73-3e7b-38763fada785'
const PHOTO = '10b678e6-559e-ceea-d21e-840c8abf0656'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('320500')
}, 60_000)
afterAll(() => gateway.close())

test('Jiangsu has no member for a licence: its own licence goes to it as a file', async () => {
  const { own } = await holder(SUZHOU, gateway)
  const matter = await matterId(gateway, 'jiangsu', '社会保障卡补领换领换发')
  const { body } = await own('GET', '/api/v1/me/licences?cities=320500')
  const licence = body.items.find((one: { kind: string }) => one.kind === 'idCard').id
  const asked = {
    kind: 'licence',
    items: [licence],
    purpose: 'replaceMaterial',
    matter,
    receiver: 'region:320500',
  }
  const { wording } = (await own('POST', '/api/v1/me/consents?dryRun=true', asked)).body
  await own('POST', '/api/v1/me/consents', { ...asked, digest: wording.digest })
  const filed = await file(own, {
    ...storyOf('jiangsu').application(''),
    applicant: {
      kind: 'person',
      name: SUZHOU.name,
      idDocument: { type: '111', number: SUZHOU.number },
      mobile: '10000000001',
      address: '示例路1号',
    },
    documents: [
      { id: ID_CARD, mode: 'licence', licence },
      { id: PHOTO, mode: 'upload', uploads: [await upload(own, 'photo.pdf')] },
    ],
  })
  expect(filed).toMatchObject({
    status: 201,
    body: { exemptions: [{ document: ID_CARD, how: 'file', licence: { id: licence, region: 'jiangsu' } }] },
  })
})
