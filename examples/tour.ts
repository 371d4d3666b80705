/**
 * `npm run tour`, beside a gateway with its sandbox: a Shanghai resident's application is filed with Suzhou, Hangzhou and Hefei,
 * a Suzhou resident's with Shanghai. Prints what was converted, plays the clerks, answers a 补正, and fetches the results. A fifth journey
 * needs neither photo nor paper.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Client, connect } from './client.ts'
import { withoutPapers } from './without-papers.ts'

const gateway = process.env['GATEWAY'] ?? 'http://localhost:8080'
const dataDir = process.env['DATA_DIR'] ?? './.data'
const keys = path.join(dataDir, 'sandbox-clients.json')
const out = path.join(dataDir, 'tour')
mkdirSync(out, { recursive: true })

interface Case {
  readonly id: string
  readonly caseNumber: string
  readonly status: string
  readonly rawStatus: { readonly code: string; readonly label: string } | null
  readonly correction: { readonly reason: string; readonly dueOn?: string | null } | null
}
interface Ledger {
  readonly entries: readonly { readonly how: string }[]
  readonly losses: readonly { readonly source: readonly string[]; readonly reason: string }[]
}

/** One journey: from where to where, and what a clerk will complain of. */
interface Journey {
  readonly title: string
  readonly client: string
  readonly region: string
  readonly application: (file: string) => object
  readonly complaint: object
  readonly answer: (file: string) => object
}

const PDF = (line: string) => Buffer.from(`%PDF-1.4\n% ${line}\n%%EOF\n`)
const upload = (id: string, file: string) => ({ id, mode: 'upload', uploads: [file] })

/** A resident of Shanghai registers for treatment in another province: one form of Shanghai's, three provinces. */
const fromShanghai = (division: string) => (file: string) => ({
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
  client: Client,
  region: string,
  { id, caseNumber }: Case,
  to: string,
  more: object = {},
) {
  const acted = await fetch(
    `${gateway}/__sandbox/${region}/cases/${encodeURIComponent(caseNumber)}/advance`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to, ...more }),
    },
  )
  if (!acted.ok) throw new Error(`the clerk of ${region} cannot go to ${to}: ${await acted.text()}`)
  for (let left = 100; left > 0; left -= 1) {
    const { body } = await client.call<Case>('GET', `/cases/${id}`)
    if (body.status === to) return body
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the gateway never heard that the case is ${to}`)
}

const told = ({ status, rawStatus }: Case): string =>
  `   ${status.padEnd(20)} ${rawStatus?.code ?? ''} ${rawStatus?.label ?? ''}`

/** A gateway that has just started still reads the catalogues: a dry run tells when the matters of this journey are known. */
async function catalogued(client: Client, application: object): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    try {
      await client.call('POST', '/cases?dryRun=true', application, { 'idempotency-key': crypto.randomUUID() })
      return
    } catch (error) {
      if (!(error instanceof Error) || !/^MATTER_(NOT_FOUND|NO_EQUIVALENT)/.test(error.message)) throw error
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
  const client = await connect(gateway, journey.client, keys)
  const file = await client.upload('居民身份证.pdf', PDF('first'))
  const application = journey.application(file)
  await catalogued(client, application)
  say(`\n── ${title}`)
  const { body: filed, etag } = await client.call<Case>('POST', '/cases', application, {
    'idempotency-key': crypto.randomUUID(),
  })
  const { body: ledger } = await client.call<Ledger>('GET', `/cases/${filed.id}/ledger`)
  const counts = Map.groupBy(ledger.entries, (entry) => entry.how)
  say(`   办件编号 ${filed.caseNumber}  (${filed.id}, ETag ${etag})`)
  say(`   转换     ${[...counts].map(([how, entries]) => `${how} ${entries.length}`).join(' · ')}`)
  for (const [reason, losses] of Map.groupBy(ledger.losses, (loss) => loss.reason))
    say(`   未转换   ${losses.flatMap((loss) => loss.source).join(' ')}: ${reason}`)
  say(told(filed))
  for (const to of ['PRECHECK_PASSED', 'RECEIVED']) say(told(await clerk(client, region, filed, to)))
  const asked = await clerk(client, region, filed, 'CORRECTION_REQUIRED', journey.complaint)
  say(`${told(asked)}  补正: ${asked.correction?.reason ?? ''}, 期限 ${asked.correction?.dueOn ?? '–'}`)
  const { etag: current } = await client.call<Case>('GET', `/cases/${filed.id}`)
  const again = await client.upload('居民身份证.pdf', PDF('second'))
  const corrected = await client.call<Case>('POST', `/cases/${filed.id}/correction`, journey.answer(again), {
    'if-match': current,
  })
  say(`${told(corrected.body)}  (补正已提交)`)
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
