/** The environment, checked once, as one frozen object. A wrong variable is named in one line. */
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { GatewayError } from './errors.ts'

/** Every limit of the gateway, in one place. Times in milliseconds, sizes in bytes. */
export const LIMITS = {
  bodyBytes: 1024 * 1024,
  fileBytes: 20 * 1024 * 1024,
  /** Bytes of pictures that are read and worked on at once; each is held some three times over. */
  pictureBytesHeld: 128 * 1024 * 1024,
  jsonDepth: 32,
  /** Public pages that are kept as they travel: some 20 kB each. */
  compressedPages: 256,
  /** How many of its newest events come with a case that is asked for with its timeline. */
  eventsOfWhole: 100,
  /** How far a region's clock may be ahead before what it dates into the future is no order. */
  regionClockAheadMs: 5 * 60_000,
  regionCallbackBytes: 8 * 1024 * 1024,
  /** How long a filing waits for the region before it answers 202. */
  filingWaitMs: 8_000,
  /** Work of a process that died is taken by another after this time; one that lives prolongs its hold three times as often. */
  leaseMs: 9_000,
  dispatchesAtOnce: 16,
  dispatchPollMs: 1_000,
  /** Ratings that one process tells at once, and how long whoever rates waits for the region. */
  ratingsAtOnce: 16,
  ratingWaitMs: 3_000,
  /** First and longest pause between attempts to reach a region. */
  retryFirstMs: 2_000,
  retryLongestMs: 15 * 60_000,
  /** After so long without success a dispatch is given up and its applicant is told. */
  dispatchDays: 14,
  idempotencyDays: 7,
  catalogueEveryMs: 10 * 60_000,
  /** How often the windows of a city are read, how many one call asks for, and how many a city may have at most. */
  windowsEveryMs: 10 * 60_000,
  windowsAtOnce: 100,
  windowsOfCity: 20_000,
  /** Days that are looked through for a window's next opening: more than the longest holiday has. */
  openingDays: 31,
  /** How often each process looks for cases that are to be asked about, and how many questions it has under way. */
  askEveryMs: 1_000,
  asksAtOnce: 256,
  /** How many cases of one place are asked about in a second, by all processes together: a backlog is let in at this rate. */
  asksOfPlace: 10,
  /** News of cases that nobody here knows: how many of one region are kept, how large each, how often they are looked at, how long. */
  straysOfRegion: 10_000,
  strayBytes: 64 * 1024,
  straysOfRound: 200,
  straysEveryMs: 2_000,
  strayFirstMs: 5_000,
  strayLongestMs: 3_600_000,
  strayDays: 30,
  /** How often views are compared, of how many cases at a time, and for how long after an end. */
  reconcileEveryMs: 60_000,
  reconcileOfRound: 200,
  reconcileAtOnce: 8,
  reconcileEndedDays: 7,
  driftsShown: 10_000,
  /** Pauses between questions about a case: after a change, when long nothing happened, around its promised end. */
  askFirstMs: 60_000,
  askLongestMs: 4 * 3_600_000,
  askNearDueMs: 10 * 60_000,
  askDueWithinMs: 24 * 3_600_000,
  /** A region whose callbacks come is asked so many times more rarely, and at least so often. */
  askToldFactor: 6,
  askToldLongestMs: 12 * 3_600_000,
  /** The longest pause before a place that does not answer is asked about a case again. */
  askSilentLongestMs: 3_600_000,
  healthEveryMs: 60_000,
  requestsPerMinute: 600_000,
  /** Calls that one address may make from the pages of the API’s description in a minute, and characters of an answer that a page shows. */
  docsCallsPerMinute: 600,
  docsAnswerCharacters: 64 * 1024,
  regionCallsAtOnce: 64,
  regionCallsQueued: 256,
  /** For cases, photos and licences that are asked for every city has a pool of its own. */
  cityCallsAtOnce: 16,
  cityCallsQueued: 64,
  /** How long one question to many cities waits for each of them. What comes later is there at the next question. */
  cityAnswerMs: 900,
  /** How long a question for a person's cases waits for each city: less than for photos, since nothing is fetched after it. */
  casesAnswerMs: 650,
  /** How long a form that was sent twice waits for its twin, and how often it looks. */
  formTwinMs: 15_000,
  formTwinLookMs: 150,
  /** Files that one document of a correction may have, and bytes of a whole correction with its files. */
  filesOfDocument: 10,
  correctionBytes: 42 * 1024 * 1024,
  /** Bytes of forms with files that pages take in at once. */
  formBytesHeld: 128 * 1024 * 1024,
  /** Cases that one page of a region's list holds, and pages that are read of one place: what is older is not asked for. */
  casesOfPage: 50,
  casePagesOfPlace: 4,
  /** Questions to many cities that one person's requests may ask in a minute. */
  cityQuestionsPerMinute: 30,
  /** How many photos or licences of one person one place may name. */
  holdingsOfPlace: 1_000,
  /** How many photos that a person took here are kept at once. */
  ownPhotos: 20,
  /** How old an answer of a city may be that stands for one that does not answer now. */
  holdingsCachedDays: 30,
  /** How long a fetched picture is kept, sealed. */
  pictureMs: 10 * 60_000,
  /** How long a code opens a photo or a licence for its receiver. */
  grantMs: 5 * 60_000,
  /** How long a consent may hold, and how long a guardian has to agree. */
  consentDays: 90,
  guardianMs: 24 * 3_600_000,
  /** How long a log-in may take at the region's page. */
  logInMs: 10 * 60_000,
  /** How many log-ins may be started from one address in a minute: before a proxy, all of them. */
  logInsPerMinute: 6_000,
  /** How many browsers a person may be logged in with. */
  sessionsOfPerson: 50,
  tokenMs: 10 * 60_000,
  sessionIdleMs: 30 * 60_000,
  sessionMs: 12 * 3_600_000,
  refreshTokenMs: 30 * 86_400_000,
  /** How long a code for a counter lives: one minute at most. */
  identityCodeMs: 60_000,
  /** How many of them a person may make in a minute. */
  identityCodesPerMinute: 12,
  /** How often a client may type digits that give it nothing, in each window. */
  typedMisses: 20,
  typedMissesWindowMs: 10 * 60_000,
  /** How long scans are kept for the person, and digits that were nobody's for the operator. */
  scanDays: 400,
  nobodysScanDays: 30,
  /** How long records of looks are kept for the person: as long as scans. */
  accessLogDays: 400,
  /** How long records of what was provided, agreed to, asked and answered are kept: three years and a month. */
  provisionDays: 1_126,
  /** Events of one case of which its clock is made; a case that has more has none, rather than a wrong one. */
  clockEvents: 1_000,
  /** Newest events of a case that are told as messages. */
  messageEvents: 1_000,
  /** Versions of matters whose names and promises are kept at hand. */
  mattersKept: 500,
  /** What a next step names in words before it says how many more there are, and characters of a clerk’s words that it quotes. */
  asksNamed: 20,
  quotedCharacters: 300,
  /** Clocks that one round looks at, so many at once. */
  clocksOfRound: 10_000,
  clocksAtOnce: 500,
  overdueEveryMs: 60_000,
  /** How long a case that was reminded of (催办) cannot be again. */
  remindEveryMs: 86_400_000,
  /** Concluded cases that make a forecast: below the fewest nothing is told, and the newest of more count. */
  forecastFewest: 30,
  forecastMost: 500,
  /** How long a forecast is kept, and how many of them. */
  forecastMs: 10 * 60_000,
  forecastsKept: 5_000,
  /** How many working days whoever looked has to answer 为什么查我. */
  answerWorkingDays: 5,
  /** How long a question and an answer to it may be, in characters. */
  questionCharacters: 500,
  answerCharacters: 1_000,
  /** How long a line on a page tells nothing more to somebody who wants to be told once a day. */
  noticeEveryMs: 86_400_000,
  /** How long a desk's link opens the page for a counter. */
  deskDays: 30,
  /** How long a clerk's link works, how long a device stays theirs, and how long a session lasts at rest and at most. */
  clerkLinkMs: 24 * 3_600_000,
  clerkDeviceMs: 180 * 86_400_000,
  clerkIdleMs: 30 * 60_000,
  clerkSessionMs: 10 * 3_600_000,
  /** Codes that a clerk may type wrong in each window. */
  clerkTries: 5,
  clerkTriesWindowMs: 15 * 60_000,
  /** How long a resident's data stand on a desk's screen that nobody touches. */
  deskShownMs: 5 * 60_000,
  /** After so long a case that was begun at a desk and never handed over is emptied. */
  deskOpenDays: 7,
  /** Cases on one page of a desk. */
  deskCasesShown: 100,
  /** How long the reason of a correction of a known value may be, in characters. */
  correctionReasonCharacters: 100,
  /** Pages of one scanned paper, and the longer side of a page in pixels. */
  paperPages: 20,
  paperPixels: 2_200,
  /** How long the code of an offered mandate can be used. */
  mandateOfferMs: 7 * 86_400_000,
  /** Mandates of one giver that are not over. */
  mandatesOfOne: 100,
  /** Newest concluded cases that are looked at for services that fit, and such services on somebody's own page. */
  fittingCases: 50,
  fittingShown: 3,
  /** Applications that one person may have open, how long one is kept after its last change, and how large it may be when it is sealed. */
  draftsOfOne: 30,
  draftDays: 90,
  draftBytes: 256 * 1024,
  /** What was typed when a log-in had ended: how much of it a browser keeps, and how long. */
  typedBytes: 3_500,
  typedMs: 15 * 60_000,
  /** Required fields that a matter may have to be called quick, and filed applications that are looked at for what need not be asked again. */
  quickFields: 3,
  draftsLookedAt: 5,
  /** Codes of mandates that accept nothing, for each person. */
  wrongCodesPerHour: 10,
  /** How many events a page of a timeline may have. */
  eventsOfPage: 1_000,
  /** Open event streams of one person, of a client that follows for itself, and of this process. */
  streamsOfPerson: 20,
  streamsOfClient: 5_000,
  streamsAtOnce: 8_000,
  /** What may wait for a reader that is slow; one that reads nothing for so long is cut off, and goes on from what it has. */
  streamBufferBytes: 64 * 1024,
  streamStallMs: 20_000,
  /** Events that are read for a stream at once, and reads of timelines at once for all streams together. */
  streamPage: 100,
  streamReadsAtOnce: 4,
  /** How often it is looked whether streams may go on, how often each has a sign of life, and how often its case is asked for news. */
  streamLookMs: 1_000,
  streamBeatMs: 15_000,
  /** After how long a reader should come again, and how much longer at most: not all of them in one moment. */
  streamRetryMs: 1_000,
  streamRetrySpreadMs: 4_000,
  /** How long an ended stream may take to be read to its end. */
  streamCloseMs: 3_000,
  /** How often the outbox is looked at for what is new, and how many rows one look takes. */
  tailEveryMs: 50,
  tailRows: 1_000,
  /** Events on one page of the feed, and rows of the outbox that are looked at for it when it is narrowed to some types. */
  feedPage: 1_000,
  feedScan: 10_000,
  /** Subscriptions of one client. */
  subscriptionsOfClient: 20,
  /** Who works on a subscription holds it so long, and says so again this often; a killed process's work moves within 10 seconds. */
  deliveryLeaseMs: 8_000,
  deliveryRenewMs: 2_000,
  /** How often subscriptions are looked at whose pause is over, or that another process left. */
  deliveryEveryMs: 1_000,
  /** Subscriptions that one process works on at once, cases of one at once, and posts over all. */
  subscriptionsAtOnce: 32,
  lanesAtOnce: 16,
  webhooksAtOnce: 128,
  /** Events that are read for one subscription at once: after a crash so many may come again. */
  deliveryWindow: 128,
  /** How long a receiver may take, and how much of its answer is read. */
  webhookMs: 10_000,
  webhookAnswerBytes: 64 * 1024,
  /** First and longest pause after a receiver did not take an event, and the longest that it may ask for. */
  webhookRetryFirstMs: 1_000,
  webhookRetryLongestMs: 15 * 60_000,
  webhookRetryAfterMs: 3_600_000,
  /** After so long without success what waits is parked. */
  webhookDays: 7,
  /** The public figures: how often they are made, of how many months, and below which number nothing is told of a place. */
  figuresEveryMs: 3_600_000,
  figuresMonths: 12,
  figuresFewest: 10,
  /** How often the overdue cases of the cities are counted for operators. */
  overdueCountEveryMs: 10 * 60_000,
  /** How long an operator's link may wait to be opened, and how long the browser is an operator's then. */
  operatorLinkMs: 10 * 60_000,
  operatorMs: 8 * 3_600_000,
  /** Sessions of operators that a list shows. */
  operatorsListed: 100,
  /** How far a queue is counted, how many unknown codes are shown, and how long what was read for operators is kept at hand. */
  queueCounted: 10_000,
  codesShown: 50,
  operationsMs: 5_000,
  /** Recorded exchanges: how often what was heard is kept and how much of it, how many of one matter and operation, how large one may be. */
  exchangesEveryMs: 5_000,
  exchangesHeld: 24,
  exchangesOfEach: 4,
  exchangeBytes: 256 * 1024,
  /** How often the canary looks at each region, at how many matters of a city at a time, and drifts of schemas that are shown. */
  canaryEveryMs: 10 * 60_000,
  canaryMatters: 10,
  canaryDrifting: 5,
  canaryWindows: 5,
  schemaDriftsShown: 500,
  /** How many of one region are kept, and how long. */
  exchangesOfRegion: 5_000,
  exchangeDays: 30,
  endingsEveryMs: 1_000,
  keysEveryMs: 1_000,
  shutdownMs: 10_000,
  databaseConnections: 16,
} as const

export interface Config {
  readonly port: number
  readonly host: string
  readonly publicUrl: string
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  readonly regionDirectory: unknown
  readonly clientDirectory: unknown
  readonly sandbox: boolean
  readonly sandboxPort: number
  /** What the played regions draw their random bytes from; the machine's randomness when absent. */
  readonly sandboxSeed: string | undefined
  /** Path of `KEYS_FILE`; keys are made under `dataDir` in the sandbox. */
  readonly keysFile: string | undefined
  /** Whether exchanges with regions are recorded, without their persons. */
  readonly isRecording: boolean
  readonly logLevel: string
  readonly metricsPort: number | undefined
}

const LEVELS = /^(fatal|error|warn|info|debug|trace|silent)$/

const wrong = (variable: string, reason: string): never => {
  throw new GatewayError('CONFIGURATION_INVALID', { variable, reason })
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the environment. @throws GatewayError `CONFIGURATION_INVALID` with `variable` and `reason`. */
export function readConfig(env: Environment): Config {
  const port = portOf(env, 'PORT', 8080)
  const sandbox = switchOf(env, 'SANDBOX', !env['REGION_DIRECTORY'])
  if (!sandbox) requireOwn(env)
  return Object.freeze({
    port,
    host: env['HOST'] || '127.0.0.1',
    publicUrl: matching(
      env['PUBLIC_URL'] || `http://localhost:${port}`,
      /^https?:\/\/[^\s/]+/,
      'PUBLIC_URL',
      'an absolute http(s) address',
    ).replace(/\/$/, ''),
    databaseUrl: env['DATABASE_URL']
      ? matching(env['DATABASE_URL'], /^postgres(ql)?:\/\//, 'DATABASE_URL', 'postgres://…')
      : undefined,
    dataDir: path.resolve(env['DATA_DIR'] || './.data'),
    regionDirectory: fileOf(env, 'REGION_DIRECTORY'),
    clientDirectory: fileOf(env, 'CLIENT_DIRECTORY'),
    sandbox,
    sandboxPort: portOf(env, 'SANDBOX_PORT', 4310),
    sandboxSeed: env['SANDBOX_SEED'] || undefined,
    keysFile: env['KEYS_FILE'] || undefined,
    isRecording: switchOf(env, 'RECORD_EXCHANGES', sandbox),
    logLevel: matching(env['LOG_LEVEL'] || 'info', LEVELS, 'LOG_LEVEL', 'a level of pino, or silent'),
    metricsPort: env['METRICS_PORT'] ? portOf(env, 'METRICS_PORT', 0) : undefined,
  })
}

/** Without the sandbox nothing of it may stand in for what an operator has to bring. */
function requireOwn(env: Environment): void {
  for (const variable of ['REGION_DIRECTORY', 'CLIENT_DIRECTORY'])
    if (!env[variable]) wrong(variable, 'required when SANDBOX=off')
  if (!env['KEYS_FILE'])
    wrong('KEYS_FILE', 'required when SANDBOX=off: make one with "delta keys init --out FILE"')
}

const matching = (text: string, form: RegExp, variable: string, reason: string): string =>
  form.test(text) ? text : wrong(variable, reason)

function portOf(env: Environment, variable: string, fallback: number): number {
  const text = env[variable]
  if (!text) return fallback
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) wrong(variable, 'a port from 0 to 65535')
  return port
}

function switchOf(env: Environment, variable: string, fallback: boolean): boolean {
  const text = env[variable]
  if (!text) return fallback
  if (text !== 'on' && text !== 'off') wrong(variable, 'on or off')
  return text === 'on'
}

function textOf(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return wrong(variable, 'the file cannot be read')
  }
}

function fileOf(env: Environment, variable: string): unknown {
  const file = env[variable]
  if (!file) return undefined
  try {
    return JSON.parse(textOf(variable, file))
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    return wrong(variable, 'the file is not JSON')
  }
}

/**
 * The content of a file under `dataDir` that is made once, readable by us alone. Of processes that start at once one makes it; it
 * gets its name when it is whole, so that no other reads half of it.
 */
export async function keptFile(dataDir: string, name: string, make: () => Promise<string>): Promise<string> {
  const file = path.join(dataDir, name)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const text = await make()
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const whole = `${file}.${process.pid}`
  writeFileSync(whole, text, { mode: 0o600 })
  try {
    linkSync(whole, file)
    return text
  } catch (cause) {
    if (!existsSync(file)) throw cause
    // Another process was faster: its file is the one that counts.
    return readFileSync(file, 'utf8')
  } finally {
    rmSync(whole)
  }
}
