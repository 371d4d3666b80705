/** Takes a person's data off a screen that nobody touches. Whoever works there goes on, and is told before. */
const meta = document.querySelector('meta[name="away"]')
const [seconds, path] = (meta?.content ?? '').split(' ')
const WARN_SECONDS = 30

if (meta && Number(seconds) > 0) {
  const told = document.createElement('p')
  told.className = 'note away'
  told.setAttribute('role', 'alert')
  let timers = []
  const wait = () => {
    for (const timer of timers) clearTimeout(timer)
    told.remove()
    timers = [
      setTimeout(
        () => {
          told.textContent = meta.dataset.told
          document.body.append(told)
        },
        Math.max(0, Number(seconds) - WARN_SECONDS) * 1000,
      ),
      // What was shown does not come back with the browser's own button.
      setTimeout(() => location.replace(path), Number(seconds) * 1000),
    ]
  }
  for (const kind of ['pointerdown', 'keydown', 'input', 'scroll'])
    addEventListener(kind, wait, { passive: true })
  wait()
}
