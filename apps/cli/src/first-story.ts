export function firstStory(name: string): string {
  return `story ${name.replaceAll("-", "_")} "${name}"\nuse std\n\nbegins day 1 20:00\nends after 10 min\n`;
}
