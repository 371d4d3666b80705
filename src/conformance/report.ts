/** The findings for programs (JSON, JUnit XML) and for people (one page of HTML that needs nothing else). */
import { html } from 'hono/html'
import { shown, shownReason } from './masking.ts'
import type { Finding, JudgedRegion } from './model.ts'

/** What was judged, when. */
export interface About {
  readonly region: JudgedRegion
  /** The platform's address, or what was listened to. */
  readonly url: string
  readonly at: Date
}

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly notApplicable: number
}

export const countsOf = (findings: readonly Finding[]): Counts => ({
  passed: findings.filter(({ verdict }) => verdict === 'passed').length,
  failed: findings.filter(({ verdict }) => verdict === 'failed').length,
  notApplicable: findings.filter(({ verdict }) => verdict === 'notApplicable').length,
})

/** Findings without persons and secrets. */
const shownOf = (findings: readonly Finding[]) =>
  findings.map(({ exchange, reason, ...rest }) => ({
    ...rest,
    ...(reason === undefined ? {} : { reason: shownReason(reason) }),
    ...(exchange === undefined ? {} : { exchange: shown(exchange) }),
  }))

export const jsonReport = ({ region, url, at }: About, findings: readonly Finding[]): string =>
  JSON.stringify(
    { region, url, at: at.toISOString(), counts: countsOf(findings), findings: shownOf(findings) },
    null,
    2,
  )

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** XML text; what XML 1.0 cannot hold becomes a question mark. */
const xml = (text: string): string =>
  [...text.replaceAll(/[&<>"]/g, (one) => ENTITIES[one] ?? one)]
    .map((one) => (one < ' ' && !'\t\n\r'.includes(one) ? '?' : one))
    .join('')

export function junitReport({ region, at }: About, findings: readonly Finding[]): string {
  const { failed, notApplicable } = countsOf(findings)
  const cases = shownOf(findings).map(({ id, clause, sentence, verdict, reason, exchange }) => {
    const head = `    <testcase classname="${region}.${xml(clause)}" name="${xml(`${id} ${sentence.en}`)}"`
    if (verdict === 'passed') return `${head}/>`
    const inner =
      verdict === 'failed'
        ? `<failure message="${xml(reason ?? '')}">${xml(JSON.stringify(exchange ?? {}, null, 1))}</failure>`
        : `<skipped message="${xml(reason ?? '')}"/>`
    return `${head}>${inner}</testcase>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="conformance.${region}" tests="${findings.length}" failures="${failed}" skipped="${notApplicable}" timestamp="${at.toISOString()}">
${cases.join('\n')}
  </testsuite>
</testsuites>
`
}

const WORDS = {
  passed: { zh: '通过', en: 'passed' },
  failed: { zh: '未通过', en: 'failed' },
  notApplicable: { zh: '不适用', en: 'not applicable' },
} as const

const SHEET = `body{margin:0 auto;max-width:72rem;padding:1.25rem;font:1rem/1.6 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:#1d2733;background:#fbfaf7}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}.en{color:#55606d}ul{list-style:none;padding:0}li{border-bottom:1px solid #ddd6c8;padding:.6rem 0}
code{font-size:.875rem}pre{overflow-x:auto;background:#f1ede4;padding:.75rem;font-size:.8125rem}.failed{color:#a5281b;font-weight:600}.passed{color:#1e6b3a}.notApplicable{color:#55606d}
@media(prefers-color-scheme:dark){body{color:#e8e4da;background:#171a1e}.en,.notApplicable{color:#a9b2bd}pre{background:#22272d}.failed{color:#ff9a8c}.passed{color:#7fd39b}li{border-color:#39414a}}`

const row = (
  finding: ReturnType<typeof shownOf>[number],
) => html`<li id="${finding.id}"><span class="${finding.verdict}">${WORDS[finding.verdict].zh} <span lang="en">${WORDS[finding.verdict].en}</span></span> · <code>${finding.id}</code> · §${finding.clause}
<div>${finding.sentence.zh}</div><div class="en" lang="en">${finding.sentence.en}</div>
${finding.reason === undefined ? '' : html`<div><code>${finding.reason}</code></div>`}
${finding.exchange === undefined ? '' : html`<details><summary>报文 <span lang="en">Exchange</span></summary><pre>${JSON.stringify(finding.exchange, null, 1)}</pre></details>`}</li>`

/** Failures first: they are what somebody has to do something about. */
export async function htmlReport({ region, url, at }: About, findings: readonly Finding[]): Promise<string> {
  const counts = countsOf(findings)
  const sections = (['failed', 'notApplicable', 'passed'] as const).map((verdict) => {
    const some = shownOf(findings).filter((one) => one.verdict === verdict)
    return some.length === 0
      ? ''
      : html`<h2>${WORDS[verdict].zh} <span class="en" lang="en">${WORDS[verdict].en}</span> (${some.length})</h2><ul>${some.map(row)}</ul>`
  })
  return String(
    await html`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>契约一致性 · ${region}</title><style>${SHEET}</style></head><body>
<h1>契约一致性检测 <span class="en" lang="en">Conformance</span>: ${region}</h1>
<p>${url} · <time datetime="${at.toISOString()}">${at.toISOString()}</time></p>
<p><span class="passed">通过 ${counts.passed}</span> · <span class="failed">未通过 ${counts.failed}</span> · <span class="notApplicable">不适用 ${counts.notApplicable}</span></p>
${sections}</body></html>`,
  )
}
