/** Files that a document of the matter does not take are refused before anything is sent. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, file, startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let caller: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  caller = await gateway.as('sandbox-shanghai')
  await gateway.sync('340100')
})
afterAll(() => gateway.close())

const KIB = 1024

async function uploaded(name: string, magic: readonly number[], size: number): Promise<string> {
  const bytes = Buffer.alloc(size, 0x20)
  Buffer.from(magic).copy(bytes)
  const form = new FormData()
  form.append('file', new File([bytes], name))
  const { status, body } = await caller('POST', '/api/v1/uploads', form)
  expect(status).toBe(201)
  return body.uploadId
}
const pdf = (name: string, size = 64) => uploaded(name, [0x25, 0x50, 0x44, 0x46], size)
const jpeg = (name: string, size = 64) => uploaded(name, [0xff, 0xd8, 0xff], size)

/** 残疾人证新办 takes its third material as jpg or jpeg, within 1024 KiB. */
const application = (papers: string, photo: string) => ({
  matter: 'anhui:340100:3401000000000099910',
  division: '340100',
  sourceDivision: '310000',
  applicant: {
    kind: 'person',
    name: '测试甲',
    idDocument: { type: '111', number: '34010319000101001X' },
    mobile: '10000000001',
    address: '示例路1号',
  },
  form: { DIS_TYPE: '1', LIVE_ADDR: '示例路1号' },
  documents: [
    { id: 'M099910001', mode: 'upload', uploads: [papers] },
    { id: 'M099910002', mode: 'upload', uploads: [photo] },
    { id: 'M099910003', mode: 'upload', uploads: [photo] },
  ],
})
const there = () => gateway.region('anhui').region.cases().length

test.each<readonly [string, (papers: string) => Promise<object>, string, string, string]>([
  [
    'of another format',
    async (papers) => ({
      ...application(papers, await jpeg('a.jpg')),
      documents: [
        ...application(papers, await jpeg('a.jpg')).documents.slice(0, 2),
        { id: 'M099910003', mode: 'upload', uploads: [papers] },
      ],
    }),
    '/documents/2/uploads/0',
    'FILE_TYPE',
    'jpg, jpeg',
  ],
  [
    'a byte too large',
    async (papers) => application(papers, await jpeg('b.jpg', 1024 * KIB + 1)),
    '/documents/2/uploads/0',
    'FILE_SIZE',
    '1024 KiB',
  ],
])('a file %s is refused at its place', async (_name, body, pointer, code, words) => {
  const count = there()
  const told = await file(caller, await body(await pdf('papers.pdf')))
  expect([told.status, told.body.code]).toEqual([422, 'BODY_INVALID'])
  expect(told.body.errors).toMatchObject([{ pointer, code }])
  expect(told.body.errors[0].detail.zh).toContain(words)
  expect(there()).toBe(count)
})

test('a JPEG at the limit is taken, whichever way its name is spelt', async () => {
  const told = await file(caller, application(await pdf('papers.pdf'), await jpeg('照片.jpeg', 1024 * KIB)))
  expect(told.body).not.toHaveProperty('errors')
  expect(told.status).toBe(201)
  expect(gateway.region('anhui').region.refusals()).toEqual([])
})
