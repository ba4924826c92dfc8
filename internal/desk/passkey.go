package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"

	"fener/internal/account"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// What a session holds while a passkey is made or asked for.
const (
	ceremonyKey = "passkey"
	comingKey   = "coming" // who is coming in by an invitation
)

// coming is whoever makes an account with a passkey and no password, before there is one.
type coming struct {
	ID, Secret, Login, Name string
}

// relying is the side that asks for passkeys: bound to the host of the address that readers find the site at. There is none where that is a number: passkeys
// belong to names.
func (v *visit) relying() (*webauthn.WebAuthn, error) {
	origin := v.opts.Origin
	if origin == "" {
		scheme := "http://"
		if v.opts.Secure {
			scheme = "https://"
		}
		origin = scheme + v.r.Host
	}
	host := origin[strings.Index(origin, "://")+3:]
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if net.ParseIP(strings.Trim(host, "[]")) != nil || host == "" {
		return nil, errNothing
	}
	return webauthn.New(&webauthn.Config{RPID: host, RPDisplayName: "Fener", RPOrigins: []string{origin}, AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired}})
}

// keyed asks for passkeys at the address that was asked for; where none can be used there is nothing.
func keyed(do func(*visit, *webauthn.WebAuthn) error) func(*visit) error {
	return func(v *visit) error {
		w, err := v.relying()
		if err != nil {
			return err
		}
		return do(v, w)
	}
}

// hasPasskeys reports whether passkeys can be used at the address that was asked for.
func (v *visit) hasPasskeys() bool {
	_, err := v.relying()
	return err == nil
}

// refused is an answer of a ceremony that did not come to its end, in the words of whoever asked.
func (v *visit) refused(status int, key string, args ...any) error {
	body, err := json.Marshal(map[string]string{"says": v.T(key, args...)})
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(body)
	return nil
}

// ceremony keeps what the answer will be checked against, in the session and nowhere else.
func (v *visit) ceremony(options any, data *webauthn.SessionData) error {
	kept, err := json.Marshal(data)
	if err != nil {
		return err
	}
	v.sessions.Put(v.r.Context(), ceremonyKey, kept)
	return v.json(options)
}

// asked is what an answer is checked against; it is good for one answer.
func (v *visit) asked() (data webauthn.SessionData, ok bool) {
	kept, _ := v.sessions.Pop(v.r.Context(), ceremonyKey).([]byte)
	return data, len(kept) > 0 && json.Unmarshal(kept, &data) == nil
}

// answer reads what an authenticator answered.
func (v *visit) answer() ([]byte, error) {
	var b bytes.Buffer
	_, err := b.ReadFrom(v.r.Body)
	return b.Bytes(), err
}

// makeKey begins to make a passkey for whoever is signed in.
func (v *visit) makeKey(w *webauthn.WebAuthn) error {
	holder, err := v.opts.Accounts.Holder(v.r.Context(), v.who.ID)
	if err != nil {
		return err
	}
	return v.beginKey(w, holder)
}

func (v *visit) beginKey(w *webauthn.WebAuthn, holder *account.Holder) error {
	options, data, err := w.BeginRegistration(holder, webauthn.WithExclusions(webauthn.Credentials(holder.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return err
	}
	return v.ceremony(options, data)
}

// madeKey ends making a passkey. Made with a PIN or a finger it is two proofs in one, so nothing else is asked for.
func (v *visit) madeKey(w *webauthn.WebAuthn) error {
	holder, err := v.opts.Accounts.Holder(v.r.Context(), v.who.ID)
	if err != nil {
		return err
	}
	key, err := v.readKey(w, holder)
	if err != nil {
		return v.refused(http.StatusUnprocessableEntity, "desk.passkey.refused")
	}
	if err := v.opts.Accounts.AddPasskey(v.r.Context(), v.who.ID, v.Query.Get("name"), key); err != nil {
		return err
	}
	if err := v.begin(v.who, true); err != nil {
		return err
	}
	return v.json(map[string]string{"to": v.at("account")})
}

// readKey reads the passkey that an authenticator made.
func (v *visit) readKey(w *webauthn.WebAuthn, holder *account.Holder) (*webauthn.Credential, error) {
	data, ok := v.asked()
	if !ok {
		return nil, errNothing
	}
	body, err := v.answer()
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(body)
	if err != nil {
		return nil, err
	}
	return w.CreateCredential(holder, data, parsed)
}

// comeWithKey begins to make the passkey of an account that an invitation makes.
func (v *visit) comeWithKey(w *webauthn.WebAuthn) error {
	if err := v.form(); err != nil {
		return err
	}
	ctx := v.r.Context()
	invited, err := v.opts.Accounts.Invited(ctx, v.PathValue("secret"))
	if errors.Is(err, account.ErrLink) {
		return v.refused(http.StatusGone, "desk.welcome.no_link_says")
	}
	if err != nil {
		return err
	}
	c := coming{ID: account.NewID(), Secret: v.PathValue("secret"), Login: v.r.PostForm.Get("login"), Name: v.r.PostForm.Get("name")}
	if invited.Name != "" {
		c.Name = invited.Name
	}
	if strings.TrimSpace(c.Name) == "" {
		return v.refused(http.StatusUnprocessableEntity, "desk.welcome.bad_name")
	}
	if c.Login == "" {
		c.Login = c.Name
	}
	kept, err := json.Marshal(c)
	if err != nil {
		return err
	}
	v.sessions.Put(ctx, comingKey, kept)
	return v.beginKey(w, &account.Holder{ID: c.ID, Login: c.Login, Name: c.Name})
}

// cameWithKey makes the account once its passkey is made.
func (v *visit) cameWithKey(w *webauthn.WebAuthn) error {
	ctx := v.r.Context()
	var c coming
	kept, _ := v.sessions.Pop(ctx, comingKey).([]byte)
	if len(kept) == 0 || json.Unmarshal(kept, &c) != nil || c.Secret != v.PathValue("secret") {
		return v.refused(http.StatusGone, "desk.welcome.no_link_says")
	}
	key, err := v.readKey(w, &account.Holder{ID: c.ID, Login: c.Login, Name: c.Name})
	if err != nil {
		return v.refused(http.StatusUnprocessableEntity, "desk.passkey.refused")
	}
	who, err := v.opts.Accounts.AcceptWithKey(ctx, c.Secret, c.ID, account.Coming{Login: c.Login, Name: c.Name}, v.Query.Get("name"), key)
	switch {
	case errors.Is(err, account.ErrTaken):
		return v.refused(http.StatusUnprocessableEntity, "desk.welcome.taken")
	case errors.Is(err, account.ErrName):
		return v.refused(http.StatusUnprocessableEntity, "desk.welcome.bad_name")
	case errors.Is(err, account.ErrLink):
		return v.refused(http.StatusGone, "desk.welcome.no_link_says")
	case err != nil:
		return err
	}
	if err := v.begin(who, true); err != nil {
		return err
	}
	return v.json(map[string]string{"to": v.at("")})
}

// askKey begins to sign somebody in with a passkey of theirs.
func (v *visit) askKey(w *webauthn.WebAuthn) error {
	options, data, err := w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return err
	}
	return v.ceremony(options, data)
}

// signInWithKey signs somebody in whose passkey answered.
func (v *visit) signInWithKey(w *webauthn.WebAuthn) error {
	keys := v.tries.keys(v.client(), "")[:1]
	if wait := v.tries.wait(keys, v.opts.Now()); wait > 0 {
		v.w.Header().Set("Retry-After", seconds(wait))
		return v.refused(http.StatusTooManyRequests, "desk.signin.wait", "n", int(wait.Minutes())+1)
	}
	who, err := v.holderOf(w)
	if err != nil {
		v.tries.failed(keys, v.opts.Now())
		return v.refused(http.StatusUnauthorized, "desk.passkey.refused")
	}
	if err := v.begin(who, true); err != nil {
		return err
	}
	to := v.Query.Get("then")
	if !v.isOwn(to) {
		to = v.at("")
	}
	return v.json(map[string]string{"to": to})
}

// holderOf is whose passkey answered, as it was asked to, with a PIN or a finger.
func (v *visit) holderOf(w *webauthn.WebAuthn) (*account.Account, error) {
	data, ok := v.asked()
	if !ok {
		return nil, errNothing
	}
	body, err := v.answer()
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(body)
	if err != nil {
		return nil, err
	}
	ctx := context.WithoutCancel(v.r.Context())
	user, key, err := w.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		return v.opts.Accounts.Holder(ctx, string(handle))
	}, data, parsed)
	if err != nil {
		return nil, err
	}
	return v.opts.Accounts.SignedIn(ctx, string(user.WebAuthnID()), key)
}

// dropKey takes one of somebody's passkeys away.
func (v *visit) dropKey() error {
	if err := v.form(); err != nil {
		return err
	}
	err := v.opts.Accounts.DropPasskey(v.r.Context(), v.who.ID, v.r.PostForm.Get("id"))
	if errors.Is(err, account.ErrOnlyWay) {
		return v.showAccount(http.StatusConflict, &accountContent{Fault: v.T("desk.passkey.only")})
	}
	if err != nil {
		return err
	}
	return v.to("account")
}
