/** How the command line is used, in both languages. */
import { COMMANDS } from './commands.ts'

const ENDS = `结束码 · exit codes: 0 完成 done · 1 有问题或被拒绝 wrong or refused · 2 用法不对 usage · 3 连不上 not reachable
所有命令都可加 --json · every command takes --json`

/** The help: of all commands, or of those whose names begin so. */
export function help(beginning = ''): string {
  const named = Object.entries(COMMANDS).filter(
    ([name]) => name === beginning || name.startsWith(`${beginning} `),
  )
  const shown = named.length > 0 ? named : Object.entries(COMMANDS)
  const lines = shown.map(
    ([name, { usage, zh, en }]) => `  ${name}${usage && ` ${usage}`}\n      ${zh}\n      ${en}`,
  )
  return `用法 · Usage: npm run -s delta -- <command>\n\n${lines.join('\n')}\n\n${ENDS}\n`
}
