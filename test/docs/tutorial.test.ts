/** The tutorial, run: its commands as they stand, one after the other in one shell, and what each prints. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run, startForExamples } from '../examples/support.ts'
import { freePort } from '../support/free-port.ts'

/** Commands, and the lines that they print. */
interface Step {
  readonly commands: string
  readonly prints: readonly string[]
}

const page = readFileSync('docs/tutorial.md', 'utf8')
const steps: readonly Step[] = [...page.matchAll(/```sh\n(.*?)```\n(?:\n```text\n(.*?)```)?/gs)].map(
  ([, commands = '', prints = '']) => ({
    commands,
    prints: prints.split('\n').filter((line) => line !== ''),
  }),
)
const MARK = '== step'

let world: Awaited<ReturnType<typeof startForExamples>>
beforeAll(async () => {
  world = await startForExamples()
  await world.gateway.sync('310000', '330100')
})
afterAll(() => world.gateway.close())

test('does what it says, step by step', async () => {
  const settings = `export GATEWAY=${world.gateway.url} KEYS=${world.keys} HOOK_PORT=${await freePort()} TMPDIR=${world.gateway.dataDir}`
  const script = [
    'set -euo pipefail',
    // The receiver of the tutorial is left running by whoever follows it; here it ends with the shell.
    "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT",
    ...steps.map(({ commands }, number) => `${commands}\necho "${MARK} ${number}"`),
  ]
    .join('\n')
    .replace(/^export GATEWAY=.*$/m, settings)
  expect(script).toContain(settings)
  const { code, text } = await run('bash', ['-c', script])
  expect([code, text]).toEqual([0, expect.stringContaining(`${MARK} ${steps.length - 1}`)])
  const printed = text.split(new RegExp(`${MARK} \\d+\\n`))
  for (const [number, { prints }] of steps.entries()) {
    const lines = (printed[number] ?? '').split('\n').filter((line) => line !== '')
    expect([number, lines]).toEqual([
      number,
      prints.map((line) => (line === '…' ? expect.any(String) : line)),
    ])
  }
}, 120_000)

test('has a step for each thing that an engineer comes for', () => {
  expect(steps).toHaveLength(10)
  expect(steps.filter(({ prints }) => prints.length > 0)).toHaveLength(9)
})
