/** The recipes for other languages do what the typed client does: a token, a filing that is repeated safely, and the check of webhooks. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWithEvents, subscribed, type WithEvents } from '../support/events.ts'
import { type Post, type Receiver, startReceiver } from '../support/receiver.ts'
import { run } from './support.ts'

/** A recipe: how it is run, and what must go well before, on a machine that can run it. */
interface Recipe {
  readonly language: string
  readonly command: readonly string[]
  readonly needs: readonly string[]
}
const CLASSES = mkdtempSync(path.join(os.tmpdir(), 'delta-java-'))
const RECIPES: readonly Recipe[] = [
  {
    language: 'Python',
    command: ['python3', 'examples/python/delta_gateway.py'],
    needs: ['python3', '-c', 'import cryptography'],
  },
  {
    language: 'Java',
    command: ['java', '-cp', CLASSES, 'DeltaGateway'],
    needs: ['javac', '-encoding', 'UTF-8', '-d', CLASSES, 'examples/java/DeltaGateway.java'],
  },
  { language: 'Go', command: ['go', 'run', 'examples/go/main.go'], needs: ['go', 'version'] },
]
/** A compiler that is here and refuses the recipe is a failure of the recipe: only one that is not here is an excuse. */
const canRun = ({ needs: [command = '', ...parameters] }: Recipe) => {
  const { status, error, stderr } = spawnSync(command, parameters)
  if (!error && command === 'javac' && status !== 0) throw new Error(stderr.toString())
  return !error && status === 0
}
const here = RECIPES.filter(canRun)
const absent = RECIPES.filter((recipe) => !here.includes(recipe))

let world: WithEvents
let receiver: Receiver
let key: string
const secrets: Record<string, string> = {}
beforeAll(async () => {
  world = await startWithEvents()
  await world.gateway.sync('310000', '330100')
  receiver = await startReceiver()
  for (const algorithm of ['hmac', 'ed25519']) {
    const made = await subscribed(world.caller, { url: `${receiver.url}/${algorithm}`, algorithm })
    secrets[algorithm] = made.secret ?? made.publicKey
  }
  await world.fileOne()
  await world.deliver()
  key = path.join(world.gateway.dataDir, 'key.json')
  writeFileSync(key, JSON.stringify(world.gateway.clients.keys[world.client]))
})
afterAll(async () => {
  rmSync(CLASSES, { recursive: true })
  await receiver.close()
  await world.gateway.close()
})

/** Runs a recipe with this on its standard input. */
const fed = ([command = '', ...parameters]: readonly string[], input: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, parameters)
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    child.once('error', reject)
    child.once('close', (code) => resolve(`${code} ${text.trim()}`))
    child.stdin.end(input)
  })
const postBy = (algorithm: string): Post => {
  const post = receiver.posts.find((one) => one.path.endsWith(algorithm))
  if (!post) throw new Error(`nothing was posted by ${algorithm}`)
  return post
}
const written = ({ headers, body }: Post): string =>
  [headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature'], body].join('\n')

describe.each(here)('$language', ({ command }) => {
  test('gets a token, files once however often it sends, and reads the code of what is refused', async () => {
    const [program = '', ...parameters] = command
    const { code, text } = await run(program, [
      ...parameters,
      'file',
      world.gateway.url,
      world.client,
      key,
      'examples/application.json',
    ])
    expect([code, text.split('\n').map((line) => line.replace(/ case_\w+/, ''))]).toEqual([
      0,
      [expect.stringMatching(/^filed \S*\s?SUBMITTED$/), 'replayed true', 'refused BODY_INVALID', ''],
    ])
  }, 120_000)

  test.each(['hmac', 'ed25519'])(
    'takes a webhook by %s, and none that was changed',
    async (algorithm) => {
      const post = postBy(algorithm)
      const check = [...command, 'verify', secrets[algorithm] ?? '']
      expect(await fed(check, written(post))).toBe(`0 taken ${post.event.type}`)
      expect(await fed(check, `${written(post)} `)).toBe('1 refused signature')
      const old = written(post).replace(/\n\d+\n/, '\n1700000000\n')
      expect(await fed(check, old)).toBe('1 refused time')
    },
    120_000,
  )
})

test('what this machine cannot run is said', () => {
  for (const { language, needs } of absent)
    process.stderr.write(`NOT RUN: the recipe for ${language}; ${needs.join(' ')} fails on this machine\n`)
  // Whoever runs the tests with nothing of it has proved nothing.
  expect(here.map(({ language }) => language)).not.toEqual([])
})
