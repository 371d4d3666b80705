/** A phone's photo of 12 million pixels and about 4 MiB, made to fit: time and memory, in a process of its own, one after the other. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { examine } from '../src/pictures/examine.ts'
import { fit as fitted } from '../src/pictures/fit.ts'
import { marked } from '../src/pictures/mark.ts'
import { photoRule } from '../src/pictures/rules.ts'
import { exif, segment, withSegments } from '../test/pictures/parts.ts'
import { scene } from '../test/pictures/scene.ts'
import { residentMiB } from './processes.ts'

const ROUNDS = 60
const MIB = 2 ** 20

interface Row {
  readonly 'median (ms)': number
  readonly 'p95 (ms)': number
  /** Of all threads, so that other work on the machine does not count. */
  readonly 'CPU (ms)': number
  readonly 'memory grew by (MiB)': number | string
}

const works: Readonly<Record<string, (photo: Buffer) => Promise<unknown>>> = {
  'fit: identity card': async (photo) => await fitted(photo, photoRule('idCard')),
  'fit: passport': async (photo) => await fitted(photo, photoRule('passport')),
  examine: async (photo) => await examine(photo),
  'marked: to be shown': async (photo) =>
    await marked(photo, { purpose: '居住证申领', receiver: '上海市公安局', day: '2026-03-02' }),
}

/** Prints the table. Each row has a process of its own, so that memory of one is not another's. */
export async function benchPhoto(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-bench-'))
  const file = path.join(folder, 'photo.jpg')
  try {
    const plain = await scene({ width: 4000, height: 3000, grain: 13 }).jpeg({ quality: 93 }).toBuffer()
    const photo = withSegments(
      plain,
      segment(0xe1, exif(1)),
      segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x/>'),
    )
    writeFileSync(file, photo)
    console.log(`\nA JPEG of 4000 × 3000 pixels, ${(photo.length / MIB).toFixed(1)} MiB, ${ROUNDS} times`)
    const rows: Record<string, Row> = {}
    for (const name of Object.keys(works)) {
      const child = fork(fileURLToPath(import.meta.url), [name, file])
      const [row] = (await once(child, 'message')) as [Row] // The child below sends nothing else.
      rows[name] = row
    }
    console.table(rows)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** In the child: resident memory is read while pictures are worked on, from before the first. */
async function measure(work: (photo: Buffer) => Promise<unknown>, photo: Buffer): Promise<Row> {
  const before = residentMiB(process.pid)
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most ?? 0, residentMiB(process.pid) ?? 0)
  }, 5)
  const times: number[] = []
  const busy = process.cpuUsage()
  for (let round = 0; round < ROUNDS; round += 1) {
    const since = performance.now()
    await work(photo)
    times.push(performance.now() - since)
  }
  const { user, system } = process.cpuUsage(busy)
  clearInterval(watch)
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? Number.NaN)
  return {
    'median (ms)': at(0.5),
    'p95 (ms)': at(0.95),
    'CPU (ms)': Math.round((user + system) / 1000 / ROUNDS),
    'memory grew by (MiB)': before === undefined || most === undefined ? 'unknown' : most - before,
  }
}

const [, script, name = '', file = ''] = process.argv
const work = works[name]
if (script === fileURLToPath(import.meta.url) && work) process.send?.(await measure(work, readFileSync(file)))
