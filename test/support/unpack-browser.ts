/** Unpacks the shipped browser, its libraries and its fonts into the folder for temporary files. */
import { fileURLToPath } from 'node:url'
import shipped, { inflate } from '@sparticuz/chromium'

const libraries = fileURLToPath(
  import.meta.resolve('@sparticuz/chromium').replace(/build\/.*/, 'bin/al2023.tar.br'),
)
await Promise.all([shipped.executablePath(), inflate(libraries)])
