/**
 * Filing: token check, conversion, one transaction with case, event, ledger, dispatch, access record and idempotency key, and
 * the calls to a played region that answers at once. Database, region, gateway and load share the machine. The yardstick is
 * what pgbench reaches with the same inserts on the same server.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { getToken } from '../src/cli/token.ts'
import { APPLICATION } from './application.ts'
import { load, rateOf, timeAt, withGateway } from './gateway.ts'
import { residentMiB, untilAnswered } from './processes.ts'

const SECONDS = Number(process.env['SECONDS'] ?? 60)
const WARM_SECONDS = 5
const AT_ONCE = Number(process.env['AT_ONCE'] ?? 16)

export const HOLDERS = 1_000
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The application of one of many made-up people. */
function applicationOf(index: number) {
  const digits = `33010619${String(10 + (index % 80)).padStart(2, '0')}0102${String(Math.floor(index / 80)).padStart(3, '0')}`
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  const number = digits + '10X98765432'[sum % 11]
  return { ...APPLICATION, applicant: { ...APPLICATION.applicant, idDocument: { type: '111', number } } }
}

export async function benchSubmit(): Promise<void> {
  await withGateway(async ({ url, gateway, databaseUrl, folder, keyOf }) => {
    await untilAnswered(`${url}/api/v1/matters/${APPLICATION.matter}`)
    const token = await getToken({
      gateway: url,
      client: 'sandbox-shanghai',
      key: keyOf('sandbox-shanghai'),
      scope: 'cases',
    })
    // Records of one holder follow one another: a thousand people file here, as they would.
    const bodies = Array.from({ length: HOLDERS }, (_, index) => JSON.stringify(applicationOf(index)))
    let filed = 0
    const next = () => {
      filed += 1
      return bodies[filed % HOLDERS] ?? ''
    }
    const filing = () => ({
      method: 'POST' as const,
      path: '/api/v1/cases',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: next(),
    })
    await load(url, { seconds: WARM_SECONDS, atOnce: AT_ONCE }, filing)
    const met = await load(url, { seconds: SECONDS, atOnce: AT_ONCE }, filing)
    const { rate, others } = rateOf(met, 201)
    const yardstick = pgbench(databaseUrl, folder)
    console.log(`\nFiling: ${AT_ONCE} at once for ${SECONDS} s, everything on this machine`)
    console.table({
      'filed a second': { value: rate },
      'answers other than 201': { value: others },
      'p50 (ms)': { value: timeAt(met, 0.5) },
      'p95 (ms)': { value: timeAt(met, 0.95) },
      'p99 (ms)': { value: timeAt(met, 0.99) },
      'memory of the gateway (MiB)': { value: residentMiB(gateway.pid) ?? 'unknown' },
      'pgbench, same inserts, 16 clients (a second)': { value: yardstick ?? 'no pgbench on this machine' },
      'filed / pgbench': { value: yardstick ? Number((rate / yardstick).toFixed(3)) : '–' },
    })
  })
}

/** The eight writes of a filing, with values of the same length, for a thousand holders. */
const SCRIPT = `\\set n random(1, 1000000000000)
\\set h random(0, 999)
begin;
insert into idempotency_keys (client_id, key, request_digest, case_id, created_at) values ('sandbox-shanghai', gen_random_uuid()::text, repeat('a', 64), 'case_' || :n, now());
insert into ledgers (id, document) values (repeat('b', 40), '{}') on conflict do nothing;
insert into cases (id, client_id, region, division, source_division, matter_id, matter_version, matter_name, source_number, holder_key, status, applied_at, version, sequence, as_of, filed_sealed, ledger_id, dispatch_state, dispatch_attempts) values ('case_' || :n || gen_random_uuid(), 'sandbox-shanghai', 'zhejiang', '330100', '310000', 'zhejiang-330100-33010100000000099002', 1, '大中专学生毕业户口迁移', gen_random_uuid()::text, repeat('c', 43), 'SUBMITTED', now(), 1, 1, now(), decode(repeat('00', 700), 'hex'), repeat('b', 40), 'pending', 0);
insert into case_events (case_id, sequence, id, key, type, status, occurred_at, received_at, via, late, content_mac, digest) values (gen_random_uuid()::text, 1, gen_random_uuid()::text, 'own-filed', 'status', 'SUBMITTED', now(), now(), 'own', false, repeat('f', 64), repeat('0', 64));
insert into outbox (client_id, case_id, sequence, type) values ('sandbox-shanghai', gen_random_uuid()::text, 1, 'status');
insert into dispatches (case_id, number, kind, state, work_sealed, attempts, next_attempt_at, lease_token, lease_until, created_at) values (gen_random_uuid()::text, 1, 'submit', 'pending', decode(repeat('00', 1800), 'hex'), 0, now(), repeat('d', 24), now(), now());
select append_access(encode(sha256((:h)::text::bytea), 'hex'), 'provision', gen_random_uuid()::text, now(), decode(repeat('00', 32), 'hex'), jsonb_build_object('record', repeat('e', 400)));
commit;
`

/** Transactions a second of pgbench, with our tables in a database of their own on the same server. */
function pgbench(serverUrl: string, folder: string): number | undefined {
  if (spawnSync('pgbench', ['--version']).status !== 0) return undefined
  const script = path.join(folder, 'filing.sql')
  writeFileSync(script, SCRIPT)
  const ran = spawnSync(
    'pgbench',
    ['-n', '-f', script, '-c', '16', '-j', '2', '-T', '15', '-M', 'prepared', serverUrl],
    {
      encoding: 'utf8',
    },
  )
  const tps = /tps = ([\d.]+)/.exec(ran.stdout)?.[1]
  if (tps === undefined) throw new Error(`pgbench: ${ran.stderr}`)
  return Math.round(Number(tps))
}
