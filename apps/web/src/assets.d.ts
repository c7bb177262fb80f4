declare module '*.woff2?address' {
  /** The address of the file in the build. */
  const address: string;
  export default address;
}

declare module '*.css';
