/** What the pages offer to copy: every call with the typed client compiles, and every shell command has its quotes closed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { described } from '../../src/http/openapi/described.ts'
import { openApi } from '../../src/http/openapi/document.ts'
import { clientOf, curlOf } from '../../src/portal/developers/snippets.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const { operations } = described(openApi('http://localhost:8080'))

const HEAD = `import type { JWK } from 'jose'
import { createClient } from 'delta-gateway/client'
declare const url: string, clientId: string, key: JWK, bytes: Uint8Array<ArrayBuffer>
`

test('every call with the typed client compiles', () => {
  const body = operations.map((one) => {
    const lines = clientOf(one).split('\n')
    expect(lines[0]).toBe("import { createClient } from 'delta-gateway/client'")
    return `export async function ${one.id}() {\n${lines.slice(1).join('\n')}\n}\n`
  })
  // Inside the package, where its own name leads to the client.
  const folder = mkdtempSync(path.join(ROOT, 'test-snippets-'))
  const file = path.join(folder, 'all.ts')
  try {
    writeFileSync(file, HEAD + body.join(''))
    const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), (name) => ts.sys.readFile(name))
    const { options } = ts.parseJsonConfigFileContent(
      { ...config, include: undefined, files: [file] },
      ts.sys,
      ROOT,
    )
    const program = ts.createProgram([file], { ...options, noUnusedLocals: false })
    const found = ts.getPreEmitDiagnostics(program)
    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 30_000)

test('every shell command names its path, and closes its quotes', () => {
  for (const one of operations) {
    const command = curlOf(one)
    expect(command).toMatch(/^curl (-X [A-Z]+ )?"\$GATEWAY\/api\/v1\/[^"]*"/)
    expect(command.match(/'/g)?.length ?? 0).toSatisfy((count: number) => count % 2 === 0)
    expect(command).not.toContain('undefined')
  }
})
