/** `delta conformance`: judges a platform by its region's contract, and writes what was found. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { RegionConfig } from '../adapters/kit/contract.ts'
import { networkTransport } from '../adapters/kit/transport.ts'
import type { Subject } from '../conformance/bench.ts'
import { judgeCallbacks } from '../conformance/callbacks/judge.ts'
import { judgeLive } from '../conformance/callbacks/live.ts'
import { readRecording } from '../conformance/callbacks/recording.ts'
import { clerkAt, clockAt } from '../conformance/clerk.ts'
import { type Finding, JUDGED, type JudgedRegion } from '../conformance/model.ts'
import { countsOf, htmlReport, jsonReport, junitReport } from '../conformance/report.ts'
import { judge } from '../conformance/run.ts'
import { GatewayError } from '../errors.ts'
import { type Args, EXIT, need, oneOf, option, type Said } from './args.ts'
import { progress } from './progress.ts'

/** The object of section 2 of the contract, alone or inside a whole region directory. */
function configOf(file: string, region: JudgedRegion, url: string | undefined): RegionConfig {
  const read = JSON.parse(readFileSync(file, 'utf8')) as {
    regions?: Record<string, RegionConfig>
  } & RegionConfig
  const config = read.regions?.[region] ?? read
  return url === undefined ? config : { ...config, baseUrl: url.replace(/\/$/, '') }
}

/** Ends with 0 when every requirement is kept or does not apply, with 1 when one is broken or nothing could be judged. */
export async function conformance(args: Args): Promise<Said> {
  const region = oneOf(args, 'region', JUDGED)
  const [recording, listening] = [option(args, 'callback'), option(args, 'listen')]
  const isCalled = recording !== undefined || listening !== undefined
  const config = configOf(
    need(args, 'credentials'),
    region,
    isCalled ? option(args, 'url') : need(args, 'url'),
  )
  const findings = recording
    ? judgeCallbacks({ region, config }, readRecording(readFileSync(recording, 'utf8')))
    : listening
      ? await listened(args, region, config, addressOf(listening))
      : await judged(args, region, config)
  const about = { region, url: recording ?? listening ?? config.baseUrl, at: new Date() }
  const json = jsonReport(about, findings)
  const out = option(args, 'out')
  if (out) {
    mkdirSync(out, { recursive: true })
    writeFileSync(path.join(out, 'conformance.json'), json)
    writeFileSync(path.join(out, 'conformance.xml'), junitReport(about, findings))
    writeFileSync(path.join(out, 'conformance.html'), await htmlReport(about, findings))
  }
  const { passed, failed } = countsOf(findings)
  if (failed > 0 || passed === 0) process.exitCode = EXIT.wrong
  return { text: inWords(findings), data: JSON.parse(json) as unknown }
}

/** `8099` or `0.0.0.0:8099`: this machine alone unless it is said otherwise. */
function addressOf(text: string): { readonly host: string; readonly port: number } {
  const [, host = '127.0.0.1', port] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? []
  if (port === undefined || Number(port) > 65_535)
    throw new GatewayError('CONFIGURATION_INVALID', { option: '--listen', reason: 'is [HOST:]PORT' })
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) }
}

/** An hour reaches over the first two pauses; a day over all that somebody waits for. */
const FOR_SECONDS = { usual: 3_600, most: 86_400 }

function secondsOf(args: Args): number {
  const seconds = Number(option(args, 'for') ?? FOR_SECONDS.usual)
  if (seconds > 0 && seconds <= FOR_SECONDS.most) return seconds
  throw new GatewayError('CONFIGURATION_INVALID', {
    option: '--for',
    reason: `is a number of seconds up to ${FOR_SECONDS.most}`,
  })
}

/** Receives callbacks until enough came, the time is up, or a signal ends it. */
async function listened(
  args: Args,
  region: JudgedRegion,
  config: RegionConfig,
  address: { readonly host: string; readonly port: number },
): Promise<readonly Finding[]> {
  const forMs = secondsOf(args) * 1000
  const ended = new AbortController()
  const end = () => ended.abort()
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  const clockUrl = option(args, 'clock')
  const clock = clockUrl ? clockAt(clockUrl) : undefined
  const tell = (url: string, { events, needed }: { events: number; needed: number }) =>
    void process.stderr.write(`${url}: ${events}/${needed}\n`)
  try {
    return await overNetwork(
      region,
      config,
      (subject) =>
        judgeLive(clock ? { ...subject, now: clock.now } : subject, {
          ...address,
          forMs,
          ended: ended.signal,
          tell,
          ...(clock ? { first: clock.read } : {}),
        }),
      option(args, 'clerk'),
    )
  } finally {
    process.off('SIGINT', end)
    process.off('SIGTERM', end)
  }
}

/** Asks the platform for every requirement. */
function judged(args: Args, region: JudgedRegion, config: RegionConfig): Promise<readonly Finding[]> {
  const { step, end } = progress('requirements', args)
  return overNetwork(region, config, (subject) => judge(subject, step), option(args, 'clerk')).finally(end)
}

async function overNetwork(
  region: JudgedRegion,
  config: RegionConfig,
  run: (subject: Subject) => Promise<readonly Finding[]>,
  clerk: string | undefined,
): Promise<readonly Finding[]> {
  const network = networkTransport({ connections: 1 })
  try {
    return await run({
      region,
      config,
      transport: network.send,
      ...(clerk ? { clerk: clerkAt(clerk) } : {}),
    })
  } finally {
    await network.close()
  }
}

/** Failures, what did not apply, and how many passed. */
function inWords(findings: readonly Finding[]): string {
  const counts = countsOf(findings)
  const lines = findings
    .filter(({ verdict }) => verdict !== 'passed')
    .map(({ id, clause, verdict, sentence, reason }) =>
      [
        `${verdict === 'failed' ? '✗' : '–'} ${id} §${clause}`,
        `  ${sentence.zh}`,
        `  ${sentence.en}`,
        `  ${reason ?? ''}`,
      ].join('\n'),
    )
  return [
    ...lines,
    `通过 ${counts.passed}, 未通过 ${counts.failed}, 不适用 ${counts.notApplicable} · passed ${counts.passed}, failed ${counts.failed}, not applicable ${counts.notApplicable}`,
  ].join('\n')
}
