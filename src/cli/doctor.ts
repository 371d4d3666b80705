/** `delta doctor`: looks at everything a gateway stands on, one line each, and says what to do about what is wrong. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { parseKeys, requireInForce } from '../federation/keys.ts'
import { parseClients } from '../http/oidc/clients.ts'
import { reachRegions, reachStore } from '../reach.ts'
import { EXIT, type Said } from './args.ts'
import { directoryOf } from './beside.ts'

/** One thing that was looked at. */
interface Look {
  readonly what: string
  readonly state: 'well' | 'note' | 'wrong'
  readonly found: string
  /** What to do, in both languages; absent where there is nothing to do. */
  readonly todo?: { readonly zh: string; readonly en: string }
}

const CLOCK_MS = 60_000
const WAIT_MS = 10_000
/** The oldest PostgreSQL that the tables are written for, as `server_version_num` has it. */
const OLDEST = 150_000

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown')
const well = (what: string, found: string): Look => ({ what, state: 'well', found })
const wrong = (what: string, found: string, zh: string, en: string): Look => ({
  what,
  state: 'wrong',
  found,
  todo: { zh, en },
})
const note = (what: string, found: string, zh: string, en: string): Look => ({
  ...wrong(what, found, zh, en),
  state: 'note',
})

function keys({ keysFile, dataDir }: Config): Look {
  const file = keysFile ?? path.join(dataDir, 'keys.json')
  if (!existsSync(file))
    return note(
      'keys',
      `${file} is not there yet`,
      '沙箱首次启动时生成',
      'the sandbox makes it at its first start',
    )
  try {
    requireInForce(parseKeys(readFileSync(file, 'utf8')), new Date())
    return well('keys', 'in force')
  } catch (error) {
    return wrong(
      'keys',
      messageOf(error),
      '用 delta keys init 另造, 或取回备份',
      'make others with delta keys init, or bring back the copy',
    )
  }
}

function clients(config: Config): Look {
  try {
    return well('clients', String(parseClients(directoryOf(config)).length))
  } catch (error) {
    return wrong(
      'clients',
      messageOf(error),
      '改正 CLIENT_DIRECTORY 中所指之处',
      'mend the named place in CLIENT_DIRECTORY',
    )
  }
}

const apart = (ms: number): string => `${(Math.abs(ms) / 1000).toFixed(1)} s apart`
const clock = (what: string, ms: number): Look =>
  Math.abs(ms) <= CLOCK_MS
    ? well(what, apart(ms))
    : wrong(what, apart(ms), '两边都与授时服务器对时', 'set both by a time server')

async function database(config: Config): Promise<readonly Look[]> {
  try {
    const { store, close } = await reachStore(config)
    const { version, at } = await store.about().finally(close)
    const kept =
      version >= OLDEST
        ? well('database', `PostgreSQL ${Math.floor(version / 10_000)}, its tables up to date`)
        : wrong(
            'database',
            `PostgreSQL ${Math.floor(version / 10_000)}`,
            '升级到 15 或更新',
            'upgrade to 15 or later',
          )
    return [kept, clock('clock of the database', at.getTime() - Date.now())]
  } catch (error) {
    return [
      wrong(
        'database',
        messageOf(error),
        '检查 DATABASE_URL, 数据库是否在运行, 账号是否可建表',
        'check DATABASE_URL, that it runs, and that the account may create tables',
      ),
    ]
  }
}

/** Any answer of a region tells its time. */
async function clockOf(what: string, baseUrl: string): Promise<Look> {
  try {
    const answer = await fetch(baseUrl, { method: 'HEAD', signal: AbortSignal.timeout(WAIT_MS) })
    const told = Date.parse(answer.headers.get('date') ?? '')
    return Number.isNaN(told)
      ? note(
          what,
          'not told',
          '该地区不给 Date 头, 无从比较',
          'the region sends no Date header: nothing to compare',
        )
      : clock(what, told - Date.now())
  } catch (error) {
    return note(what, messageOf(error), '先让该地区可达', 'make the region reachable first')
  }
}

async function regions({ regionDirectory }: Config): Promise<readonly Look[]> {
  if (!regionDirectory) return [well('regions', 'the played ones, inside the gateway')]
  const named = regionDirectory as { regions?: Record<string, { baseUrl?: string }> }
  const { directory, places, close } = reachRegions(regionDirectory)
  const looks = await Promise.all(
    places.map(async ({ id, division }) => {
      if (!directory.isConnected(id))
        return [
          note(
            id,
            'not connected',
            '如需联通, 在 REGION_DIRECTORY 中写入',
            'name it in REGION_DIRECTORY to connect it',
          ),
        ]
      const capital = `${division.slice(0, 2)}${id === 'shanghai' ? '0000' : '0100'}`
      const health = await directory
        .at(capital)
        .link.health(capital)
        .then(
          () => well(id, 'answers'),
          (error: unknown) =>
            wrong(
              id,
              messageOf(error),
              '核对地址、凭证与网络 (合同第 2、3 节)',
              'check address, credentials and network (sections 2 and 3 of its contract)',
            ),
        )
      const baseUrl = named.regions?.[id]?.baseUrl
      return baseUrl ? [health, await clockOf(`clock of ${id}`, baseUrl)] : [health]
    }),
  )
  await close()
  return looks.flat()
}

async function gateway({ publicUrl }: Config): Promise<Look> {
  try {
    const answer = await fetch(`${publicUrl}/healthz`, { signal: AbortSignal.timeout(WAIT_MS) })
    return answer.ok
      ? well('gateway', `answers at ${publicUrl}`)
      : wrong('gateway', `${publicUrl} answers with ${answer.status}`, '看它的日志', 'look into its log')
  } catch {
    return note(
      'gateway',
      `nothing answers at ${publicUrl}`,
      '若应在运行: 启动它, 或改 PUBLIC_URL',
      'start it, or mend PUBLIC_URL, if it should run',
    )
  }
}

const SIGNS = { well: '✓', note: '·', wrong: '✗' } as const

/** Ends with 1 when something is wrong. @throws GatewayError for a configuration with which the gateway would not start */
export async function doctor(): Promise<Said> {
  const config = readConfig(process.env)
  const looks: readonly Look[] = [
    well('configuration', config.sandbox ? 'sandbox' : 'for real'),
    keys(config),
    clients(config),
    ...(await database(config)),
    ...(await regions(config)),
    await gateway(config),
  ]
  if (looks.some(({ state }) => state === 'wrong')) process.exitCode = EXIT.wrong
  const lines = looks.map(
    ({ what, state, found, todo }) =>
      `${SIGNS[state]} ${what}: ${found}${todo ? `\n    ${todo.zh}\n    ${todo.en}` : ''}`,
  )
  return { text: lines.join('\n'), data: looks }
}
