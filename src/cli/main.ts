/** `npm run -s delta -- <command>`: thin commands over the same verbs. */
import { parseArgs } from 'node:util'
import { GatewayError } from '../errors.ts'
import type { Args } from './args.ts'
import { answer, listQuestions, verify } from './audit.ts'
import { drift, rebuild, strays } from './cases.ts'
import { addDeskClerk, listDeskClerks, relinkDeskClerk, revokeDeskClerk } from './clerks.ts'
import { addClient } from './clients.ts'
import { conformance } from './conformance.ts'
import { convert } from './convert.ts'
import { linkDesk, listDesks, revokeDesk } from './counter.ts'
import { doctor } from './doctor.ts'
import { exchange } from './exchange.ts'
import { decide, listConflicts } from './identity.ts'
import { initKeys, rotateKeys } from './keys.ts'
import { linkOperations, listOperations, revokeOperations } from './operators.ts'
import { token } from './token.ts'

const COMMANDS: Readonly<Record<string, readonly [run: (args: Args) => Promise<string>, usage: string]>> = {
  'keys init': [initKeys, 'keys init --out FILE                         makes a KEYS_FILE'],
  'keys rotate': [
    rotateKeys,
    'keys rotate [--kind signing|sealing|index] [--file FILE]   new keys while the gateway runs; the old ones still count',
  ],
  'clients add': [
    addClient,
    'clients add --directory FILE --id ID [--name NAME] [--scope "cases convert"] [--grants "client_credentials …"] [--redirect-uris "https://…"] [--purposes "hotel"] [--divisions "320500"] --key-out FILE',
  ],
  'clerks add': [
    addDeskClerk,
    'clerks add --client ID --name NAME --division CODE   prints a link by which a clerk of its window comes in, once',
  ],
  'clerks link': [
    relinkDeskClerk,
    'clerks link --id CLERK                        a new link, when the phone or the computer is gone',
  ],
  'clerks list': [listDeskClerks, 'clerks list --client ID                       lists its clerks'],
  'clerks revoke': [
    revokeDeskClerk,
    'clerks revoke --id CLERK                      takes a clerk off at once',
  ],
  convert: [
    convert,
    'convert --kind matter|application|case --from PROFILE --to PROFILE FILE [--gateway URL --client ID --key FILE]',
  ],
  token: [
    token,
    'token --client ID --key FILE [--gateway URL] [--scope "cases convert"]   prints an access token',
  ],
  exchange: [
    exchange,
    'exchange --client ID --key FILE --region REGION --ticket TICKET | --account ACCOUNT [--audience PLACE --scope …]',
  ],
  'counter link': [
    linkDesk,
    'counter link --client ID                      prints a link that makes a browser a desk of that client',
  ],
  'counter list': [listDesks, 'counter list --client ID                      lists its desks'],
  'counter revoke': [
    revokeDesk,
    'counter revoke --client ID | --id DESK        revokes all desks of a client, or one',
  ],
  'operators link': [
    linkOperations,
    'operators link                                prints a link that lets one browser see the operations page',
  ],
  'operators list': [
    listOperations,
    'operators list                                lists links and who was let in',
  ],
  'operators revoke': [revokeOperations, 'operators revoke --id ID | --id all            ends one, or all'],
  'identity conflicts': [
    listConflicts,
    'identity conflicts                            lists accounts whose name differs from the known one',
  ],
  'identity decide': [
    decide,
    'identity decide --id CONFLICT --as same|other  lets one log in, or keeps it out',
  ],
  'cases rebuild': [
    rebuild,
    'cases rebuild [--case ID] [--dry-run]         makes the rows again of their timelines; ends with 1 when one is broken',
  ],
  'cases drift': [
    drift,
    'cases drift                                   lists where views of regions and ours differ, or did',
  ],
  'cases strays': [
    strays,
    'cases strays                                  lists news of cases that nobody here knows',
  ],
  'audit verify': [
    verify,
    'audit verify                                  checks every record of access; ends with 1 on a finding',
  ],
  'audit questions': [
    listQuestions,
    'audit questions                               lists what people ask of the gateway about its looks',
  ],
  'audit answer': [answer, 'audit answer --id QUESTION --text TEXT         answers one'],
  conformance: [
    conformance,
    'conformance --region REGION --url URL --credentials FILE [--clerk URL] [--out DIR] [--json] | --region REGION --credentials FILE --callback FILE\n' +
      '                                                judges a platform by its region’s contract; ends with 0 when it keeps it, with 1 when not\n' +
      '                                                按地区契约检测平台；全部符合时退出码为 0，否则为 1',
  ],
  doctor: [
    doctor,
    'doctor                                       checks the configuration of the environment',
  ],
}

const OPTIONS = [
  'out',
  'file',
  'directory',
  'id',
  'name',
  'scope',
  'key-out',
  'kind',
  'from',
  'to',
  'gateway',
  'client',
  'key',
  'division',
  'as',
  'region',
  'ticket',
  'account',
  'audience',
  'grants',
  'redirect-uris',
  'purposes',
  'divisions',
  'text',
  'case',
  'url',
  'credentials',
  'clerk',
  'callback',
] as const

const FLAGS = ['help', 'dry-run', 'json'] as const

/** The command line taken apart. @throws GatewayError for an option that no command has. */
function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        ...Object.fromEntries(OPTIONS.map((name) => [name, { type: 'string' as const }])),
        ...Object.fromEntries(FLAGS.map((name) => [name, { type: 'boolean' as const }])),
      },
    })
  } catch (cause) {
    throw new GatewayError(
      'CONFIGURATION_INVALID',
      { reason: cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : 'options' },
      { cause },
    )
  }
}

async function run(): Promise<void> {
  const { values, positionals } = parsed()
  const [first = '', second = ''] = positionals
  const pair = COMMANDS[`${first} ${second}`]
  const command = pair ?? COMMANDS[first]
  if (!command || values['help']) {
    process.stderr.write(
      `Usage: npm run -s delta -- <command>\n${Object.values(COMMANDS)
        .map(([, usage]) => `  ${usage}`)
        .join('\n')}\n`,
    )
    process.exit(first === '' || values['help'] ? 0 : 1)
  }
  process.stdout.write(
    `${await command[0]({ values: values as unknown as Args['values'], positionals: positionals.slice(pair ? 2 : 1) })}\n`,
  )
}

/** What went wrong outside of us, in one line. */
function lineOf(error: unknown): string {
  if (error instanceof SyntaxError) return `The file is not JSON: ${error.message}`
  if (error instanceof TypeError && error.message === 'fetch failed')
    return 'The gateway does not answer: is it running, and is --gateway its address?'
  // A file that is not there, say: the system's own sentence names it.
  if (error instanceof Error && 'syscall' in error) return error.message
  throw error
}

if (import.meta.main) {
  await run().catch((error: unknown) => {
    if (!(error instanceof GatewayError)) {
      process.stderr.write(`${lineOf(error)}\n`)
      process.exit(1)
    }
    process.stderr.write(
      `${error.message}\n${error.errors.map((one) => `  ${one.pointer}: ${one.zh} · ${one.en}\n`).join('')}`,
    )
    process.exit(1)
  })
}
