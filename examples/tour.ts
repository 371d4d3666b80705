/**
 * `npm run tour`, beside a gateway with its sandbox: a Shanghai resident's application is filed with Suzhou, Hangzhou and Hefei,
 * a Suzhou resident's with Shanghai. Prints what was converted, plays the clerks, answers a 补正, and fetches the results. A fifth journey
 * needs neither photo nor paper.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type components, type GatewayClient, GatewayProblem } from 'delta-gateway/client'
import { connect } from './client.ts'
import { withoutPapers } from './without-papers.ts'

const gateway = process.env['GATEWAY'] ?? 'http://localhost:8080'
const dataDir = process.env['DATA_DIR'] ?? './.data'
const keys = path.join(dataDir, 'sandbox-clients.json')
const out = path.join(dataDir, 'tour')
mkdirSync(out, { recursive: true })

type Schemas = components['schemas']
type Case = Schemas['Case']

/** One journey: from where to where, and what a clerk will complain of. */
interface Journey {
  readonly title: string
  readonly client: string
  readonly region: string
  readonly application: (file: string) => Schemas['Application']
  readonly complaint: object
  readonly answer: (file: string) => Schemas['Correction']
}

const PDF = (line: string) => Buffer.from(`%PDF-1.4\n% ${line}\n%%EOF\n`)
const upload = (id: string, file: string) => ({ id, mode: 'upload' as const, uploads: [file] })

/** A resident of Shanghai registers for treatment in another province: one form of Shanghai's, three provinces. */
const fromShanghai =
  (division: string) =>
  (file: string): Schemas['Application'] => ({
    matter: 'shanghai:310000:312099011000',
    division,
    sourceDivision: '310000',
    applicant: {
      kind: 'person',
      name: '测试甲',
      idDocument: { type: '111', number: '310101190001010011' },
      mobile: '10000000000',
      address: '上海市示例路1号',
    },
    form: { balx: '2', jyd: division, kssj: '2099-01-02', lxdh: '10000000000' },
    documents: [upload('011CL01', file)],
  })

const SUZHOU_IDCARD = '29b84746-651b-1046-0ad7-a2ccb5ecfb62'
const JOURNEYS: readonly Journey[] = [
  {
    title: '上海居民 → 苏州',
    client: 'sandbox-shanghai',
    region: 'jiangsu',
    application: fromShanghai('320500'),
    complaint: { materials: [SUZHOU_IDCARD] },
    answer: (file) => ({ documents: [upload(SUZHOU_IDCARD, file)], note: '已重新拍摄' }),
  },
  {
    title: '上海居民 → 杭州',
    client: 'sandbox-shanghai',
    region: 'zhejiang',
    application: fromShanghai('330100'),
    complaint: { fields: ['startDate'], materials: [] },
    answer: () => ({ form: { startDate: '2099-02-01' } }),
  },
  {
    title: '上海居民 → 合肥',
    client: 'sandbox-shanghai',
    region: 'anhui',
    application: fromShanghai('340100'),
    complaint: { fields: ['START_DATE'], materials: [] },
    answer: () => ({ form: { START_DATE: '2099-02-01' } }),
  },
  {
    title: '苏州居民 → 上海',
    client: 'sandbox-jiangsu',
    region: 'shanghai',
    application: (file) => ({
      matter: 'jiangsu:320500:a2ca1c7e-af3e-2d66-ecc0-0db7b926e937',
      division: '310000',
      sourceDivision: '320500',
      applicant: {
        kind: 'person',
        name: '张测试',
        idDocument: { type: '111', number: '320501190001010015' },
        mobile: '10000000001',
        address: '苏州市示例路1号',
      },
      form: { bylx: '1', jydqdm: '310000', ksrq: '2099-01-02' },
      documents: [upload(SUZHOU_IDCARD, file)],
    }),
    complaint: { materials: ['011CL01'] },
    answer: (file) => ({ documents: [upload('011CL01', file)] }),
  },
]

const say = (text: string) => process.stdout.write(`${text}\n`)

/** Lets a clerk of the sandbox act, and waits until the gateway has heard of it. */
async function clerk(
  client: GatewayClient,
  region: string,
  { id, caseNumber }: Case,
  to: string,
  more: object = {},
) {
  const acted = await fetch(
    `${gateway}/__sandbox/${region}/cases/${encodeURIComponent(caseNumber ?? '')}/advance`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to, ...more }),
    },
  )
  if (!acted.ok) throw new Error(`the clerk of ${region} cannot go to ${to}: ${await acted.text()}`)
  for (let left = 100; left > 0; left -= 1) {
    const { data } = await client.get('/api/v1/cases/{id}', { params: { path: { id } } })
    if (data.status === to) return data
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the gateway never heard that the case is ${to}`)
}

const told = ({ status, rawStatus }: Case): string =>
  `   ${status.padEnd(20)} ${rawStatus?.code ?? ''} ${rawStatus?.label ?? ''}`

/** A gateway that has just started still reads the catalogues: a dry run tells when the matters of this journey are known. */
async function catalogued(client: GatewayClient, body: Schemas['Application']): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    try {
      await client.dryRun('/api/v1/cases', { body })
      return
    } catch (error) {
      if (!(error instanceof GatewayProblem) || !/^MATTER_(NOT_FOUND|NO_EQUIVALENT)/.test(error.code))
        throw error
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
}

/** A gateway that is just being started answers in a moment. */
async function awake(): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    const answered = await fetch(`${gateway}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`no gateway answers at ${gateway}: start one with npm start`)
}

async function travel(journey: Journey): Promise<void> {
  const { title, region } = journey
  const client = connect(gateway, journey.client, keys)
  const file = await client.upload('居民身份证.pdf', PDF('first'))
  const application = journey.application(file)
  await catalogued(client, application)
  say(`\n── ${title}`)
  const { data: filed, etag } = await client.post('/api/v1/cases', { body: application })
  const params = { path: { id: filed.id } }
  const { data: ledger } = await client.get('/api/v1/cases/{id}/ledger', { params })
  const counts = Map.groupBy(ledger.entries, (entry) => entry.how)
  say(`   办件编号 ${filed.caseNumber}  (${filed.id}, ETag ${etag})`)
  say(`   转换     ${[...counts].map(([how, entries]) => `${how} ${entries.length}`).join(' · ')}`)
  for (const [reason, losses] of Map.groupBy(ledger.losses, (loss) => loss.reason))
    say(`   未转换   ${losses.flatMap((loss) => loss.source).join(' ')}: ${reason}`)
  say(told(filed))
  for (const to of ['PRECHECK_PASSED', 'RECEIVED']) say(told(await clerk(client, region, filed, to)))
  const asked = await clerk(client, region, filed, 'CORRECTION_REQUIRED', journey.complaint)
  say(`${told(asked)}  补正: ${asked.correction?.reason ?? ''}, 期限 ${asked.correction?.dueOn ?? '–'}`)
  const { etag: current } = await client.get('/api/v1/cases/{id}', { params })
  const again = await client.upload('居民身份证.pdf', PDF('second'))
  const corrected = await client.post('/api/v1/cases/{id}/correction', {
    params: { ...params, header: { 'If-Match': current } },
    body: journey.answer(again),
  })
  say(`${told(corrected.data)}  (补正已提交)`)
  for (const to of ['ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED'])
    say(told(await clerk(client, region, filed, to)))
  const result = await client.result(filed.id)
  const kept = path.join(out, `${region}-${result.name}`)
  writeFileSync(kept, result.bytes)
  say(`   结果     ${result.name}, ${result.bytes.length} 字节 → ${kept}`)
}

await awake()
for (const journey of JOURNEYS) await travel(journey)
await withoutPapers(gateway, keys, say)
say('\n四段旅程都办结了, 第五段没有交一张纸。 Four journeys are concluded, and the fifth needed no paper.')
