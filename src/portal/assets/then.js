// A page whose state ends by the clock: what has become of it takes its place without a reload, so that nobody loses theirs.

/** The page as it is now; nothing when it has moved, as when the log-in has ended. */
async function read(path) {
  const answer = await fetch(path, { credentials: 'same-origin' })
  if (answer.redirected) return undefined
  return new DOMParser().parseFromString(await answer.text(), 'text/html')
}

function replaceMain(newer) {
  const [main, next] = [document.querySelector('main'), newer.querySelector('main')]
  const hadFocus = main.contains(document.activeElement)
  main.replaceChildren(...document.adoptNode(next).childNodes)
  document.title = newer.title
  if (hadFocus) main.focus({ preventScroll: true })
}

function wait(meta) {
  const [seconds, path] = (meta?.content ?? '').split(' ')
  if (!path) return
  setTimeout(async () => {
    // Without an answer the page waits once more: what it shows is better than nothing.
    const newer = await read(path).catch(() => document)
    if (newer === undefined) return location.replace(path)
    if (newer !== document) replaceMain(newer)
    wait(newer.querySelector('meta[name="then"]'))
  }, Number(seconds) * 1000)
}

wait(document.querySelector('meta[name="then"]'))
