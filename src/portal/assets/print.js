// Printing by a button, where there is a script; without it the browser's own menu prints the same.
const button = document.getElementById('print')
button.hidden = false
button.addEventListener('click', () => print())
