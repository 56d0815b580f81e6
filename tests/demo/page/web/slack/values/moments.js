// Unix seconds and the words of <input type="datetime-local">, in the reader's local time.
const two = (number) => String(number).padStart(2, '0');

export function to_local(unix) {
  if (unix === null || unix === undefined) return '';
  const at = new Date(unix * 1000);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

export function from_local(words) {
  const at = new Date(words);
  return Number.isNaN(at.getTime()) ? null : Math.floor(at.getTime() / 1000);
}
