/** See marks.mjs. */
export const audiences: string[];
export function readMarks(service: {
  text: string;
  methods: { name: string; mode: string; parameters: object[] }[];
}): Map<string, { who: string; most: number; certified: boolean; later: boolean }>;
