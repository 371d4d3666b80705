/** A test city that differs: its own address, credentials and options in the region directory, and its own way of speaking. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CityDifference } from '../../src/adapters/kit/contract.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { type Caller, file, startTestGateway, type TestGateway } from '../support/gateway.ts'

const NINGBO = '330200'
const HANGZHOU = '330100'

/** The test city wants a mark before each note, as no other city does. */
const ningbo: CityDifference = {
  division: NINGBO,
  because: 'the test city wants its mark before each note',
  differs: (province) => {
    const { application } = province.dialect
    return {
      dialect: {
        ...province.dialect,
        application: {
          ...application,
          write: (canon, context, notes) => ({
            ...application.write(canon, context, notes),
            memo: `[测试市] ${canon.note ?? ''}`,
          }),
        },
      },
    }
  },
}

/** The city's own platform: another server than the province's. */
let own: Sandbox
let gateway: TestGateway
let caller: Caller

beforeAll(async () => {
  own = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    gatewayUrl: 'http://127.0.0.1:9',
    retryDelaysMs: [],
  })
  const app = own.regions.find(({ region }) => region.region === 'zhejiang')?.region
  if (!app) throw new Error('no region')
  gateway = await startTestGateway({
    differences: [ningbo],
    directory: (directory) => {
      const province = directory.regions.zhejiang
      const right = structuredClone(province.credentials)
      // The province is given a wrong secret: only what the city has of its own can be right.
      for (const key of Object.keys(province.credentials))
        if (/secret/i.test(key) && typeof province.credentials[key] === 'string')
          province.credentials[key] = 'f'.repeat(province.credentials[key].length)
      return {
        ...directory,
        cities: {
          [NINGBO]: {
            baseUrl: (app.config as { baseUrl: string }).baseUrl,
            credentials: right,
            options: { recvUserId: 'ningbo-desk-7' },
          },
        },
      }
    },
  })
  caller = await gateway.as('sandbox-shanghai')
  await gateway.sync(NINGBO)
})
afterAll(async () => {
  await gateway.close()
  await own.close()
})

const application = (division: string, code: string) => ({
  matter: `zhejiang:${division}:${code}`,
  division,
  sourceDivision: '310000',
  applicant: {
    kind: 'person',
    name: '测试甲',
    idDocument: { type: '111', number: '33010619010203101X' },
    mobile: '10000000001',
    address: '示例地址1号',
  },
  form: { treatArea: '330200', kind: '2', startDate: '2099-01-02' },
  documents: [],
  note: '请尽快',
})

test('is filed with at its own address, with its own credentials, options and words', async () => {
  const dry = await caller('POST', '/api/v1/cases?dryRun=true', application(NINGBO, '33020100000000099009'), {
    'idempotency-key': crypto.randomUUID(),
  })
  expect(dry.body.content).toMatchObject({ memo: '[测试市] 请尽快', recvUserId: 'ningbo-desk-7' })
  const filed = await file(caller, application(NINGBO, '33020100000000099009'))
  expect(filed.status).toBe(201)
  const there = own.regions.find(({ region }) => region.region === 'zhejiang')?.region.cases() ?? []
  expect(there.map(({ number }) => number)).toContain(filed.body.caseNumber)
  const province = gateway.region('zhejiang').region
  expect(province.cases().map(({ number }) => number)).not.toContain(filed.body.caseNumber)
})

test('says in the directory why it differs, and has a state of its own', async () => {
  const { body } = await gateway.anyone('GET', `/api/v1/cities/${NINGBO}`)
  expect(body).toMatchObject({ state: 'up', difference: ningbo.because })
  expect((await gateway.anyone('GET', `/api/v1/cities/${HANGZHOU}`)).body.difference).toBeNull()
})

test('a city beside it goes on with its province’s, and does not get the city’s', async () => {
  await expect(gateway.sync(HANGZHOU)).rejects.toMatchObject({ code: 'REGION_AUTH' })
  expect(gateway.region('zhejiang').region.refusals().length).toBeGreaterThan(0)
})

test('a city of an unknown province, and a broken part of a city, stop the start', async () => {
  await expect(
    startTestGateway({
      directory: (directory) => ({ ...directory, cities: { [NINGBO]: { baseUrl: 7 } } }),
    }),
  ).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' })
})
