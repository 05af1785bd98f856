// Browsers slow the timers of a hidden page down to one a minute. Timers of a worker keep time.
onmessage = ({ data: { id, ms } }) => setTimeout(() => postMessage(id), ms);
