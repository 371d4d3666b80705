/** `delta conformance`: judges a platform by its region's contract, and writes what was found. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { RegionConfig } from '../adapters/kit/contract.ts'
import { networkTransport } from '../adapters/kit/transport.ts'
import { judgeCallbacks, readRecording } from '../conformance/callbacks.ts'
import { clerkAt } from '../conformance/clerk.ts'
import type { Finding } from '../conformance/model.ts'
import { countsOf, htmlReport, jsonReport, junitReport } from '../conformance/report.ts'
import { judge } from '../conformance/run.ts'
import { GatewayError } from '../errors.ts'
import type { RegionId } from '../schemas/common.ts'
import { type Args, EXIT, need, option, type Said } from './args.ts'
import { progress } from './progress.ts'

const REGIONS: readonly RegionId[] = ['shanghai', 'jiangsu', 'zhejiang', 'anhui']

function regionOf(args: Args): RegionId {
  const asked = need(args, 'region')
  const region = REGIONS.find((one) => one === asked)
  if (region) return region
  throw new GatewayError('CONFIGURATION_INVALID', {
    option: '--region',
    reason: `is one of ${REGIONS.join(', ')}`,
  })
}

/** The object of section 2 of the contract, alone or inside a whole region directory. */
function configOf(file: string, region: RegionId, url: string | undefined): RegionConfig {
  const read = JSON.parse(readFileSync(file, 'utf8')) as {
    regions?: Record<string, RegionConfig>
  } & RegionConfig
  const config = read.regions?.[region] ?? read
  return url === undefined ? config : { ...config, baseUrl: url.replace(/\/$/, '') }
}

/** Ends with 0 when every requirement is kept or does not apply, with 1 when one is broken or nothing could be judged. */
export async function conformance(args: Args): Promise<Said> {
  const region = regionOf(args)
  const recording = option(args, 'callback')
  const config = configOf(
    need(args, 'credentials'),
    region,
    recording ? option(args, 'url') : need(args, 'url'),
  )
  const findings = recording
    ? judgeCallbacks({ region, config }, readRecording(readFileSync(recording, 'utf8')))
    : await overNetwork(region, config, args)
  const about = { region, url: recording ?? config.baseUrl, at: new Date() }
  const json = jsonReport(about, findings)
  const out = option(args, 'out')
  if (out) {
    mkdirSync(out, { recursive: true })
    writeFileSync(path.join(out, 'conformance.json'), json)
    writeFileSync(path.join(out, 'conformance.xml'), junitReport(about, findings))
    writeFileSync(path.join(out, 'conformance.html'), await htmlReport(about, findings))
  }
  if (countsOf(findings).failed > 0) process.exitCode = EXIT.wrong
  return { text: inWords(findings), data: JSON.parse(json) as unknown }
}

async function overNetwork(region: RegionId, config: RegionConfig, args: Args): Promise<readonly Finding[]> {
  const clerk = option(args, 'clerk')
  const { step, end } = progress('requirements', args)
  const network = networkTransport({ connections: 1 })
  try {
    return await judge(
      { region, config, transport: network.send, ...(clerk ? { clerk: clerkAt(clerk) } : {}) },
      step,
    )
  } finally {
    end()
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
