/** `npm run -s delta -- <command>`: thin commands over the same verbs. */
import { parseArgs } from 'node:util'
import { GatewayError } from '../errors.ts'
import { type Args, EXIT, type Said } from './args.ts'
import { COMMANDS } from './commands.ts'
import { help } from './help.ts'

const OPTIONS = [
  'account',
  'as',
  'audience',
  'callback',
  'case',
  'clerk',
  'client',
  'clock',
  'credentials',
  'directory',
  'division',
  'divisions',
  'en',
  'exchanges',
  'file',
  'for',
  'from',
  'gateway',
  'grants',
  'id',
  'idempotency-key',
  'key',
  'key-out',
  'kind',
  'limit',
  'listen',
  'message',
  'name',
  'out',
  'purposes',
  'redirect-uris',
  'region',
  'scope',
  'text',
  'ticket',
  'to',
  'url',
  'zh',
] as const

const FLAGS = ['accept', 'help', 'dry-run', 'json'] as const

/** The command line taken apart. @throws GatewayError for an option that no command has. */
function parsed(): Args {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        ...Object.fromEntries(OPTIONS.map((name) => [name, { type: 'string' as const }])),
        ...Object.fromEntries(FLAGS.map((name) => [name, { type: 'boolean' as const }])),
      },
    }) as Args
  } catch (cause) {
    const said = cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : 'options'
    throw new GatewayError('CONFIGURATION_INVALID', { option: said, reason: 'is not known' }, { cause })
  }
}

/** Prints what a command said: for people, or as data. */
function print(said: Said, asData: boolean): void {
  const text = typeof said === 'string' ? said : said.text
  if (asData) process.stdout.write(`${JSON.stringify(typeof said === 'string' ? { text } : said.data)}\n`)
  else if (text !== '') process.stdout.write(`${text}\n`)
}

async function run(): Promise<void> {
  const { values, positionals } = parsed()
  const [first = '', second = ''] = positionals
  const name = [`${first} ${second}`, first].find((one) => Object.hasOwn(COMMANDS, one))
  const command = name === undefined ? undefined : COMMANDS[name]
  if (name !== undefined && command && values['help'] !== true) {
    print(
      await command.run({ values, positionals: positionals.slice(name.split(' ').length) }),
      values['json'] === true,
    )
    return
  }
  const isAsked = first === '' || values['help'] === true
  ;(isAsked ? process.stdout : process.stderr).write(help(name ?? first))
  process.exitCode = isAsked ? EXIT.done : EXIT.usage
}

/** What went wrong, and how the command ends for it. */
function toldOf(error: unknown): { lines: string; code: number; problem?: object } {
  if (error instanceof GatewayError) {
    const isUsage = error.code === 'CONFIGURATION_INVALID' && error.facts['option'] !== undefined
    return {
      lines: `${error.message}\n${error.errors.map((one) => `  ${one.pointer}: ${one.zh} · ${one.en}\n`).join('')}`,
      code: isUsage ? EXIT.usage : EXIT.wrong,
      problem: { code: error.code, message: error.message, errors: error.errors },
    }
  }
  if (error instanceof SyntaxError)
    return { lines: `The file is not JSON: ${error.message}\n`, code: EXIT.wrong }
  if (error instanceof TypeError && error.message === 'fetch failed')
    return {
      lines: 'The gateway does not answer: is it running, and is --gateway its address?\n',
      code: EXIT.unreachable,
    }
  // A file that is not there, say: the system's own sentence names it.
  if (error instanceof Error && 'syscall' in error) {
    const isFar = ['connect', 'getaddrinfo'].includes(String(error.syscall))
    return { lines: `${error.message}\n`, code: isFar ? EXIT.unreachable : EXIT.wrong }
  }
  throw error
}

if (import.meta.main) {
  await run().catch((error: unknown) => {
    const { lines, code, problem } = toldOf(error)
    process.stderr.write(
      process.argv.includes('--json') ? `${JSON.stringify(problem ?? { message: lines.trim() })}\n` : lines,
    )
    process.exitCode = code
  })
}
