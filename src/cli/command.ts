/** What a command is: what runs it, what it takes, and one sentence in both languages. */
import type { Args, Said } from './args.ts'

/** One command. */
export interface Command {
  readonly run: (args: Args) => Promise<Said>
  /** What stands behind its name. */
  readonly usage: string
  readonly zh: string
  readonly en: string
}

export const command = (run: Command['run'], usage: string, zh: string, en: string): Command => ({
  run,
  usage,
  zh,
  en,
})

/** A command is read only when it is asked for: the help must not wait for all of them. */
export const later =
  <N extends string>(read: () => Promise<Readonly<Record<N, Command['run']>>>, name: N): Command['run'] =>
  async (args) =>
    (await read())[name](args)
