/** 长者版: reads the page aloud in the browser's own voice. Where the browser has none, there is no button. */
const button = document.getElementById('aloud')
const main = document.querySelector('main')
const voice = globalThis.speechSynthesis

if (button && main && voice) {
  const words = [button.textContent, button.dataset.stop]
  const say = (isTalking) => {
    button.textContent = words[isTalking ? 1 : 0]
    button.setAttribute('aria-pressed', String(isTalking))
  }
  button.hidden = false
  say(false)
  button.addEventListener('click', () => {
    if (voice.speaking) return voice.cancel()
    const text = new SpeechSynthesisUtterance(main.innerText)
    text.lang = document.documentElement.lang
    text.rate = 0.85
    text.addEventListener('end', () => say(false))
    text.addEventListener('error', () => say(false))
    say(true)
    voice.speak(text)
  })
  // A page that is left falls silent.
  addEventListener('pagehide', () => voice.cancel())
}
