// A small plot: one line over time.
import { texts } from '../texts.js';

const WIDTH = 300;
const HEIGHT = 64;

export interface Point {
  time: number;
  value: number;
}

/**
 * The positions of points in a box, with the greatest value at its top. A line that does not change is in the middle.
 */
export function polyline(points: readonly Point[], width = WIDTH, height = HEIGHT): string {
  const times = points.map(({ time }) => time);
  const values = points.map(({ value }) => value);
  const [first, least] = [Math.min(...times), Math.min(...values)];
  const span = Math.max(...times) - first || 1;
  const range = Math.max(...values) - least;
  return points
    .map(({ time, value }) => {
      const x = ((time - first) / span) * width;
      const y = range === 0 ? height / 2 : height - ((value - least) / range) * height;
      return `${Number(x.toFixed(1))},${Number(y.toFixed(1))}`;
    })
    .join(' ');
}

export function Plot({
  title,
  points,
  said,
}: {
  title: string;
  points: readonly Point[];
  said: (value: number) => string;
}) {
  const last = points.at(-1);
  if (!last) return null;
  const values = points.map(({ value }) => value);
  const [least, most] = [said(Math.min(...values)), said(Math.max(...values))];
  const seconds = (last.time - points[0]!.time) / 1000;
  const about = texts.administration.plot(least, most, seconds);
  return (
    <figure class="plot">
      <figcaption>
        <span>{title}</span> <strong>{said(last.value)}</strong>
      </figcaption>
      {points.length > 1 && (
        <svg
          viewBox={`-2 -2 ${WIDTH + 4} ${HEIGHT + 4}`}
          role="img"
          aria-label={`${title}: ${about}`}
          preserveAspectRatio="none"
        >
          <polyline points={polyline(points)} />
        </svg>
      )}
      <small>{about}</small>
    </figure>
  );
}
