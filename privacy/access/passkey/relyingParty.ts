/** For whom passkeys are made. The name has to be `localhost`: an address such as 127.0.0.1 is no valid one. */
export const relyingParty = { rpID: "localhost", rpName: "Assay 数鉴" }
