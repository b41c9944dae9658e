// Prism without its four languages: its types are those of the whole.
declare module 'prismjs/components/prism-core.js' {
  const Prism: typeof import('prismjs');
  export default Prism;
}
