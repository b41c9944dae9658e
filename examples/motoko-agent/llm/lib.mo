/// Calls of the LLM canister: the names and types of the package `llm` of mops, as far as the agent uses them. With the
/// package installed this folder is not needed; the agent is the same.
import Array "mo:core/Array";

module {
  public type Model = { #Llama3_1_8B; #Qwen3_32B; #Llama4Scout };

  public type ToolCallArgument = { name : Text; value : Text };
  public type FunctionCall = { name : Text; arguments : [ToolCallArgument] };
  public type ToolCall = { id : Text; function : FunctionCall };
  public type AssistantMessage = { content : ?Text; tool_calls : [ToolCall] };
  public type ChatMessage = {
    #user : { content : Text };
    #system_ : { content : Text };
    #assistant : AssistantMessage;
    #tool : { content : Text; tool_call_id : Text };
  };

  public type ParameterType = { #String; #Boolean; #Number };
  public type Property = { type_ : Text; name : Text; description : ?Text; enum_ : ?[Text] };
  public type Parameters = { type_ : Text; properties : ?[Property]; required : ?[Text] };
  public type Function = { name : Text; description : ?Text; parameters : ?Parameters };
  public type Tool = { #function : Function };

  public type Request = { model : Text; messages : [ChatMessage]; tools : ?[Tool] };
  public type Response = { message : AssistantMessage };

  // Where the Internet Computer has it, and a local network that was started with --llm-canister.
  let canister = actor "w36hm-eqaaa-aaaal-qr76a-cai" : actor { v1_chat : Request -> async Response };

  func nameOf(model : Model) : Text = switch model {
    case (#Llama3_1_8B) "llama3.1:8b";
    case (#Qwen3_32B) "qwen3:32b";
    case (#Llama4Scout) "llama4-scout";
  };

  public class ChatBuilder(model : Model) = self {
    var said : [ChatMessage] = [];
    var offered : [Tool] = [];

    public func withMessages(messages : [ChatMessage]) : ChatBuilder { said := messages; self };
    public func withTools(tools : [Tool]) : ChatBuilder { offered := tools; self };
    public func build() : Request = {
      model = nameOf model;
      messages = said;
      tools = if (offered.size() == 0) null else ?offered;
    };
    public func send() : async Response { await canister.v1_chat(build()) };
  };

  public class ParameterBuilder(name : Text, type_ : ParameterType) = self {
    var description : ?Text = null;
    var values : ?[Text] = null;
    var required = false;

    public func withDescription(text : Text) : ParameterBuilder { description := ?text; self };
    public func withEnumValues(texts : [Text]) : ParameterBuilder { values := ?texts; self };
    public func isRequired() : ParameterBuilder { required := true; self };
    public func isRequiredValue() : Bool = required;
    public func getName() : Text = name;
    public func toProperty() : Property = {
      name;
      type_ = switch type_ { case (#String) "string"; case (#Boolean) "boolean"; case (#Number) "number" };
      description;
      enum_ = values;
    };
  };

  public class ToolBuilder(name : Text) = self {
    var description : ?Text = null;
    var parameters : [ParameterBuilder] = [];

    public func withDescription(text : Text) : ToolBuilder { description := ?text; self };
    public func withParameter(parameter : ParameterBuilder) : ToolBuilder {
      parameters := Array.concat(parameters, [parameter]);
      self
    };
    public func build() : Tool {
      let required = Array.filter<ParameterBuilder>(parameters, func p = p.isRequiredValue());
      #function {
        name;
        description;
        parameters = if (parameters.size() == 0) null else ?{
          type_ = "object";
          properties = ?Array.map<ParameterBuilder, Property>(parameters, func p = p.toProperty());
          required = if (required.size() == 0) null else ?Array.map<ParameterBuilder, Text>(required, func p = p.getName());
        };
      }
    };
  };

  public func chat(model : Model) : ChatBuilder = ChatBuilder model;
  public func tool(name : Text) : ToolBuilder = ToolBuilder name;
  public func parameter(name : Text, type_ : ParameterType) : ParameterBuilder = ParameterBuilder(name, type_);

  public func prompt(model : Model, text : Text) : async Text {
    let { message } = await chat(model).withMessages([#user { content = text }]).send();
    switch (message.content) { case (?content) content; case null "" }
  };
};
