/**
 * A real PostgreSQL of our own: made in the data directory at the first start, reached over a Unix socket (or loopback with a
 * password), stopped with us even when we are killed.
 */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { GatewayError } from '../../errors.ts'
import { copyForOthers, nativeFolder } from './binaries.ts'
import { canRun, giveTo, type Ids, serverUser } from './user.ts'

const run = promisify(execFile)

/** A server that is up. `url` names its database `postgres`. */
export interface Embedded {
  readonly url: string
  readonly stop: () => Promise<void>
}

interface Options {
  /** The gateway's data directory; the server's files are in its folder `postgres`. */
  readonly dataDir: string
  /** Whether a commit is on the disk before it is answered. Only tests say no. */
  readonly durable?: boolean
}

/** A socket's path may have at most this many bytes. */
const SOCKET_PATH_BYTES = 100
const START_MS = 60_000
/** How long a server that was left by a killed process may take to notice and end. */
const LINGER_MS = 15_000

/**
 * Starts the server. @throws GatewayError `CONFIGURATION_INVALID` when another gateway uses the directory, or it cannot start
 */
export async function startEmbedded({ dataDir, durable = true }: Options): Promise<Embedded> {
  const user = serverUser()
  const folder = homeOf(path.resolve(dataDir), user)
  const native = reachable(nativeFolder(), user)
  const password = prepare(folder, user)
  if (!existsSync(path.join(folder, 'cluster', 'PG_VERSION'))) await initialise(native, folder, user)
  await waitForFormer(folder)
  const address = await chooseAddress(folder, user)
  const child = launch(native, folder, address, durable, user)
  await ready(child, folder)
  const host = address.socket ? encodeURIComponent(address.socket) : '127.0.0.1'
  return { url: `postgres://delta:${password}@${host}:${address.port}/postgres`, stop: () => stop(child) }
}

interface Address {
  readonly socket?: string
  readonly port: number
}

/** Binaries that the server's user cannot reach (a home of mode 0700, say) are copied where it can. */
function reachable(native: string, user: Ids | undefined): string {
  return user && !canRun(path.join(native, 'bin', 'postgres'), user) ? copyForOthers(native) : native
}

/**
 * Where the cluster lives: in the data directory, or, where the server's user cannot get there (below a home of mode 0700),
 * in a folder of the same name's digest that survives a restart of the machine.
 */
export function homeOf(dataDir: string, user: Ids | undefined): string {
  mkdirSync(dataDir, { recursive: true, mode: user ? 0o711 : 0o700 })
  if (!user) return path.join(dataDir, 'postgres')
  chmodSync(dataDir, 0o711)
  if (spawnSync('ls', ['-d', `${dataDir}/.`], { ...user, stdio: 'ignore', cwd: '/' }).status === 0)
    return path.join(dataDir, 'postgres')
  return path.join('/var/tmp', `delta-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`)
}

function prepare(folder: string, user: Ids | undefined): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, 'password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 })
  if (user) {
    chmodSync(folder, 0o700)
    giveTo(folder, user)
  }
  return readFileSync(file, 'utf8')
}

async function initialise(native: string, folder: string, user: Ids | undefined): Promise<void> {
  const cluster = path.join(folder, 'cluster')
  rmSync(cluster, { recursive: true, force: true })
  const passwordFile = path.join(folder, 'password')
  const args = [
    '-D',
    cluster,
    '-U',
    'delta',
    '--pwfile',
    passwordFile,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ]
  try {
    await run(path.join(native, 'bin', 'initdb'), args, {
      ...user,
      cwd: folder,
      env: { ...process.env, LC_ALL: 'C' },
    })
  } catch (cause) {
    rmSync(cluster, { recursive: true, force: true })
    throw new GatewayError(
      'CONFIGURATION_INVALID',
      { variable: 'DATA_DIR', reason: 'the embedded database cannot be made there' },
      { cause },
    )
  }
}

/** A server that a killed gateway left ends by itself shortly; one that stays belongs to another gateway. */
async function waitForFormer(folder: string): Promise<void> {
  const pidFile = path.join(folder, 'cluster', 'postmaster.pid')
  const until = Date.now() + LINGER_MS
  while (existsSync(pidFile)) {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
    if (!pid || !isAlive(pid)) {
      rmSync(pidFile, { force: true })
      return
    }
    if (Date.now() > until)
      throw new GatewayError('CONFIGURATION_INVALID', {
        variable: 'DATA_DIR',
        reason: 'another process uses this directory: stop it, or choose another DATA_DIR',
      })
    await pause(50)
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function chooseAddress(folder: string, user: Ids | undefined): Promise<Address> {
  if (process.platform === 'win32') return { port: await freePort() }
  // A path that is too long for a socket gets a short one under the system's temporary folder.
  const socket =
    Buffer.byteLength(`${folder}/.s.PGSQL.5432`) <= SOCKET_PATH_BYTES
      ? folder
      : path.join(os.tmpdir(), `delta-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`)
  mkdirSync(socket, { recursive: true, mode: 0o700 })
  if (user) giveTo(socket, user)
  return { socket, port: 5432 }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = net.createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo
      server.close(() => resolve(port))
    })
  })

function launch(
  native: string,
  folder: string,
  address: Address,
  durable: boolean,
  user: Ids | undefined,
): ChildProcess {
  const settings = {
    listen_addresses: address.socket ? '' : '127.0.0.1',
    port: String(address.port),
    unix_socket_directories: address.socket ?? '',
    unix_socket_permissions: '0700',
    max_connections: '80',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    max_wal_size: '1GB',
    wal_level: 'minimal',
    max_wal_senders: '0',
    // Parallel plans help nobody on a small machine with short statements.
    max_parallel_workers_per_gather: '0',
    jit: 'off',
  }
  const program = path.join(native, 'bin', 'postgres')
  const args = [
    '-D',
    path.join(folder, 'cluster'),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  // With setpriv the kernel stops the server when we die, however we die.
  const withUs = hasSetpriv()
  const ids = user ? ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups'] : []
  const [command, whole] = withUs
    ? ['setpriv', ['--pdeathsig', 'SIGINT', ...ids, program, ...args]]
    : [program, args]
  const child = spawn(command, whole, {
    ...(withUs ? {} : user),
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  })
  const last = () => void child.kill('SIGINT')
  process.once('exit', last)
  child.once('exit', () => process.removeListener('exit', last))
  return child
}

const hasSetpriv = () =>
  process.platform === 'linux' &&
  /pdeathsig/.test(spawnSync('setpriv', ['--help'], { encoding: 'utf8' }).stdout ?? '')

/** Waits until the server says that it is ready, and keeps its last words for when it is not. */
function ready(child: ChildProcess, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let words = ''
    const timer = setTimeout(() => fail('it did not start in time'), START_MS)
    const fail = (reason: string) => {
      clearTimeout(timer)
      writeFileSync(path.join(folder, 'postgres.log'), words)
      reject(
        new GatewayError('CONFIGURATION_INVALID', {
          variable: 'DATA_DIR',
          reason: `the embedded database: ${reason}`,
          log: 'postgres.log',
        }),
      )
    }
    child.once('error', () => fail('the program cannot be run'))
    const early = (code: number | null) => fail(`it ended with ${code}`)
    child.once('exit', early)
    child.stderr?.setEncoding('utf8')
    child.stderr?.on('data', (text: string) => {
      words = (words + text).slice(-64 * 1024)
      if (!words.includes('database system is ready to accept connections')) return
      clearTimeout(timer)
      child.removeListener('exit', early)
      resolve()
    })
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  // SIGINT is a fast shutdown: transactions are rolled back, everything else is written.
  child.kill('SIGINT')
  await ended
}
